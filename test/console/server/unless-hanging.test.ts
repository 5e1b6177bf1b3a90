import { afterEach, expect, it, vi } from 'vitest';
import { unlessHanging } from '../../../console/server/unless-hanging.ts';

afterEach(() => vi.useRealTimers());

it('the check for a hanging Prometheus cancels the body of the answer without reading the body', async () => {
  vi.useFakeTimers();
  const cancelled = vi.fn();
  let answer: (response: Response) => void = () => {};
  const answered = new Promise<Response>((resolve) => {
    answer = resolve;
  });
  const send = unlessHanging((path) =>
    path.endsWith('buildinfo')
      ? Promise.resolve(new Response(new ReadableStream({ cancel: cancelled })))
      : answered,
  );
  const slow = send('/api/v1/query', { method: 'GET', signal: new AbortController().signal });
  await vi.advanceTimersByTimeAsync(500);
  expect(cancelled).toHaveBeenCalledOnce();
  answer(new Response('the answer of a slow query'));
  expect(await (await slow).text()).toBe('the answer of a slow query');
});
