import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError, call } from '../../../console/web/api.ts';

/** Answers status 200 and the start of a JSON body. The rest never arrives. */
function answerWithoutEnd() {
  vi.stubGlobal('fetch', async (_path: string, { signal }: RequestInit) => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"ready":'));
        signal?.addEventListener('abort', () => controller.error(signal.reason));
      },
    });
    return new Response(body);
  });
}

afterEach(() => vi.unstubAllGlobals());

describe('a call of the console API', () => {
  it('returns undefined if the answer is not JSON', async () => {
    vi.stubGlobal('fetch', async () => new Response('a page'));
    expect(await call('/api/status')).toBeUndefined();
  });

  it('throws an ApiError if the answer does not end before the deadline', async () => {
    answerWithoutEnd();
    await expect(call('/api/status', { withinMs: 20 })).rejects.toThrow(ApiError);
  });

  it('throws an ApiError if the connection breaks while the answer is read', async () => {
    const body = new ReadableStream({ start: (controller) => controller.error(new TypeError('terminated')) });
    vi.stubGlobal('fetch', async () => new Response(body));
    await expect(call('/api/status')).rejects.toThrow(ApiError);
  });

  it('throws an AbortError if the caller aborts while the answer is read', async () => {
    answerWithoutEnd();
    const ended = new AbortController();
    const result = call('/api/status', { signal: ended.signal });
    setImmediate(() => ended.abort());
    await expect(result).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });
});
