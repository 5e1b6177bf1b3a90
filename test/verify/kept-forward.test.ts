import { describe, expect, it, vi } from 'vitest';
import { type ForwardState, type KeptForward, waitMs } from '../../verify/kept-forward.ts';
import { Kubectl } from '../../verify/kubectl.ts';
import { kubectlMock } from './kubectl-mock.ts';

const { does, calls } = kubectlMock();
const target = { namespace: 'airflow-3', service: 'prometheus', port: 9090 };
const pods = (count: number) => calls().split('port-forward').length - 1 === count;

async function kept(shell: string, use: (forward: KeptForward, states: ForwardState[]) => Promise<void>) {
  does(shell);
  const states: ForwardState[] = [];
  const kubectl = new Kubectl({ context: 'kind' });
  const forward = kubectl.keepForward(target, (state) => states.push(state));
  try {
    await use(forward, states);
  } finally {
    await kubectl.close();
  }
}

describe('a persistent port-forward', () => {
  it('is opened again on another port after kubectl has ended', () =>
    kept(
      `if [ "$(wc -l < "$CALLS")" -eq 1 ]; then
         echo 'Forwarding from 127.0.0.1:40123 -> 9090'; echo 'error: lost connection to pod' >&2; exit 1
       fi
       echo 'Forwarding from 127.0.0.1:40124 -> 9090'; exec sleep 60`,
      async (forward, states) => {
        await forward.opened;
        await vi.waitUntil(() => forward.state.open && forward.state.localPort === 40_124, 10_000);
        expect(states).toEqual([
          { open: true, localPort: 40_123 },
          { open: false, reason: 'error: lost connection to pod' },
          { open: true, localPort: 40_124 },
        ]);
      },
    ));

  it.each([
    ['error: lost connection to pod', 'error: lost connection to pod'],
    [
      'E1126 06:00:01.624901    6954 portforward.go:424] "Unhandled Error" err="an error occurred forwarding 40123 -> 9090: the sandbox \\\\"1\\\\" is closed"',
      'an error occurred forwarding 40123 -> 9090: the sandbox "1" is closed',
    ],
  ])('reports the last error message that kubectl printed: %s', (line, reason) =>
    kept(
      `if [ "$(wc -l < "$CALLS")" -eq 1 ]; then
         echo 'Forwarding from 127.0.0.1:40123 -> 9090'
         for _ in 1 2 3 4 5; do echo 'Handling connection for 40123'; done
         sleep 0.1; echo '${line}' >&2; echo 'Handling connection for 40123'; exit 1
       fi
       echo 'Forwarding from 127.0.0.1:40124 -> 9090'; exec sleep 60`,
      async (forward, states) => {
        await forward.opened;
        await vi.waitUntil(() => forward.state.open && forward.state.localPort === 40_124, 10_000);
        expect(states[1]).toEqual({ open: false, reason });
      },
    ),
  );

  it('is opened again if kubectl still runs but has lost the pod', () =>
    kept(
      `if [ "$(wc -l < "$CALLS")" -eq 1 ]; then
         echo 'Forwarding from 127.0.0.1:40123 -> 9090'; sleep 0.1
         echo 'E0101 portforward.go:424] "Unhandled Error" err="an error occurred forwarding 40123 -> 9090: error forwarding port 9090 to pod 1"' >&2
         exec sleep 60
       fi
       echo 'Forwarding from 127.0.0.1:40124 -> 9090'; exec sleep 60`,
      async (forward) => {
        await vi.waitUntil(() => forward.state.open && forward.state.localPort === 40_124, 10_000);
        expect(pods(2)).toBe(true);
      },
    ));

  it('tries again if its first attempt failed', () =>
    kept(
      `if [ "$(wc -l < "$CALLS")" -eq 1 ]; then echo 'pod is not running' >&2; exit 1; fi
       echo 'Forwarding from 127.0.0.1:40124 -> 9090'; exec sleep 60`,
      async (forward) => {
        await expect(forward.opened).rejects.toThrow(
          'Port 9090 of airflow-3/prometheus cannot be forwarded: pod is not running',
        );
        await vi.waitUntil(() => forward.state.open, 10_000);
      },
    ));

  it('ends kubectl if the forward is closed before kubectl prints a port', async () => {
    does('echo "pid $$" >> "$CALLS"; exec sleep 60');
    const kubectl = new Kubectl({ context: 'kind' });
    const forward = kubectl.keepForward(target);
    const pid = await vi.waitUntil(() => /pid (\d+)/.exec(calls())?.[1]);
    await kubectl.close();
    expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH');
    await expect(forward.opened).rejects.toThrow('the program closed the port-forward');
  });

  it('waits longer before each new attempt, at most 10 s', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 100].map(waitMs)).toEqual([
      500, 500, 1000, 2000, 4000, 8000, 10_000, 10_000,
    ]);
  });
});
