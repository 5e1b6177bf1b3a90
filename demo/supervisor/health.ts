import { exchange } from '../http-exchange.ts';

/** Whether `url` answers with 2xx and a body that matches `expected`. Never throws. */
export async function answers(url: string, timeoutMs: number, expected?: RegExp): Promise<boolean> {
  try {
    const { status, text } = await exchange(url, { signal: AbortSignal.timeout(timeoutMs) });
    return status >= 200 && status < 300 && (expected?.test(text) ?? true);
  } catch {
    return false;
  }
}
