import { describe, expect, it, vi } from 'vitest';
import { perform } from '../../../../console/web/views/tour/perform.ts';
import { fakeConsole, json } from '../../fake-console.ts';

/** Sends requests to the real routes of the console. A mock would not detect a changed path or body. */
function consoleCall() {
  const { app, controls } = fakeConsole();
  const call = async <T>(
    path: string,
    { method = 'GET', body }: { method?: string; body?: unknown },
  ): Promise<T> => {
    const response = await app.request(path, {
      method,
      headers: json,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(((await response.json()) as { detail: string }).detail);
    return (response.status === 204 ? undefined : await response.json()) as T;
  };
  return { call, controls };
}

describe('an action of the tour', () => {
  it('reports the number of messages that NATS has accepted', async () => {
    const { call, controls } = consoleCall();
    expect(await perform({ kind: 'burst' }, call)).toBe('NATS has accepted 5,000 messages.');
    expect(controls.burst).toHaveBeenCalledOnce();
  });

  it('runs a batch that succeeds, or a batch that fails at a given stage', async () => {
    const { call, controls } = consoleCall();
    await perform({ kind: 'batch' }, call);
    await perform({ kind: 'batch', failAt: 'transform' }, call);
    expect(controls.runBatch.mock.calls).toEqual([[{}], [{ failAt: 'transform' }]]);
  });

  it.each([
    ['without `failAt`', {}],
    ['with `failAt`', { failAt: 'transform' } as const],
  ])('reports an error if the batch-pusher answers 502 to a batch %s', async (_, action) => {
    const call = vi.fn(async () => ({ status: 502, answer: 'the Pushgateway does not answer' }));
    await expect(perform({ kind: 'batch', ...action }, call as never)).rejects.toThrow(
      'The batch run has failed (status 502): the Pushgateway does not answer',
    );
  });

  it('kills a component for some seconds', async () => {
    const { call, controls } = consoleCall();
    expect(await perform({ kind: 'kill', component: 'prometheus', seconds: 20 }, call)).toBe(
      'prometheus has received SIGKILL, and starts again after 20 s.',
    );
    expect(controls.act).toHaveBeenCalledWith('prometheus', 'kill', { for: 20 });
  });

  it('injects and ends a fault', async () => {
    const { call, controls } = consoleCall();
    await perform({ kind: 'inject', fault: 'nats-killed' }, call);
    await perform({ kind: 'restore', fault: 'nats-killed' }, call);
    expect(controls.faults.inject.mock.calls.map(([name]) => name)).toEqual(['nats-killed']);
    expect(controls.faults.restore).toHaveBeenCalledWith('nats-killed');
    await expect(perform({ kind: 'inject', fault: 'meteorite' }, call)).rejects.toThrow('nats-killed');
  });
});
