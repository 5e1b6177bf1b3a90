import { exchange } from '../http-exchange.ts';

/**
 * Whether `url` answers with 2xx within `timeoutMs`. If `expected` is given, the body must also match it. The result is
 * `false` for a slow or unreachable URL. The function never throws.
 */
export async function answers(url: string, timeoutMs: number, expected?: RegExp): Promise<boolean> {
  try {
    const { status, text } = await exchange(url, { signal: AbortSignal.timeout(timeoutMs) });
    return status >= 200 && status < 300 && (expected?.test(text) ?? true);
  } catch {
    return false;
  }
}
