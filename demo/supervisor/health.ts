import { exchange } from '../http-exchange.ts';

/**
 * Whether `url` answers 2xx within `timeoutMs`, with `expected` in the body if it is given. An unreachable or slow URL
 * gives `false`, never an error.
 */
export async function answers(url: string, timeoutMs: number, expected?: RegExp): Promise<boolean> {
  try {
    const { status, text } = await exchange(url, { signal: AbortSignal.timeout(timeoutMs) });
    return status >= 200 && status < 300 && (expected?.test(text) ?? true);
  } catch {
    return false;
  }
}
