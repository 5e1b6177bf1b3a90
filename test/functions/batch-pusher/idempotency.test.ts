import { describe, expect, it } from 'vitest';
import { type Answer, IdempotentWork } from '../../../functions/batch-pusher/idempotency.ts';

function worker(options: { ttlMs?: number; maxEntries?: number } = {}) {
  let time = 0;
  let runs = 0;
  const idempotent = new IdempotentWork({ now: () => time, ...options });
  const run = (key: string, request = 'a request', status = 200) =>
    idempotent.run(key, request, async (): Promise<Answer> => {
      runs += 1;
      return { status, body: { run: runs } };
    });
  return { idempotent, run, runs: () => runs, pass: (ms: number) => (time += ms) };
}

describe('the work for an idempotency key', () => {
  it('is not done again for a second request', async () => {
    const { run } = worker();
    expect(await run('k')).toMatchObject({ kind: 'first', answer: { body: { run: 1 } } });
    expect(await run('k')).toMatchObject({ kind: 'replay', answer: { body: { run: 1 } } });
    expect(await run('other')).toMatchObject({ kind: 'first', answer: { body: { run: 2 } } });
  });

  it('is done once for two concurrent requests', async () => {
    const { run, runs } = worker();
    const kinds = (await Promise.all([run('k'), run('k')])).map(({ kind }) => kind);
    expect(kinds).toEqual(['first', 'replay']);
    expect(runs()).toBe(1);
  });

  it('is not done for a second request with different content', async () => {
    const { run, runs } = worker();
    await run('k', 'one');
    expect(await run('k', 'two')).toEqual({ kind: 'conflict' });
    expect(runs()).toBe(1);
  });

  it('is done again if the first attempt failed', async () => {
    const { run, runs, idempotent } = worker();
    await run('k', 'a request', 503);
    expect(await run('k')).toMatchObject({ kind: 'first' });
    expect(runs()).toBe(2);
    const broken = () => idempotent.run('l', 'a request', () => Promise.reject(new Error('broken')));
    await expect(broken()).rejects.toThrow('broken');
    expect(await run('l')).toMatchObject({ kind: 'first' });
  });

  it('is done again if the stored answer was deleted', async () => {
    const aging = worker({ ttlMs: 1000 });
    await aging.run('k');
    aging.pass(1001);
    expect(await aging.run('k')).toMatchObject({ kind: 'first' });
    const crowded = worker({ maxEntries: 2 });
    for (const key of ['a', 'b', 'c']) await crowded.run(key);
    expect(await crowded.run('c')).toMatchObject({ kind: 'replay' });
    expect(await crowded.run('a')).toMatchObject({ kind: 'first' });
  });
});
