import { request } from 'undici';

/** Whether `url` answers 2xx within `timeoutMs`; an unreachable or slow one is `false`, never an error. */
export async function answers(url: string, timeoutMs: number): Promise<boolean> {
  try {
    const response = await request(url, { signal: AbortSignal.timeout(timeoutMs) });
    await response.body.dump();
    return response.statusCode >= 200 && response.statusCode < 300;
  } catch {
    return false;
  }
}
