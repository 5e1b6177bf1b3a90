import { request } from 'undici';

/**
 * Whether `url` answers 2xx within `timeoutMs`, with `expected` in the body where that is given; an unreachable or slow one
 * is `false`, never an error.
 */
export async function answers(url: string, timeoutMs: number, expected?: RegExp): Promise<boolean> {
  try {
    const response = await request(url, { signal: AbortSignal.timeout(timeoutMs) });
    const body = expected ? await response.body.text() : await response.body.dump();
    return response.statusCode >= 200 && response.statusCode < 300 && (expected?.test(body ?? '') ?? true);
  } catch {
    return false;
  }
}
