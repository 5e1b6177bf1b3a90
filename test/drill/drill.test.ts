import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { drill } from '../../drill/drill.ts';
import { Journal } from '../../drill/journal.ts';
import { orderOf } from '../../drill/order.ts';
import { exitCodeOf } from '../../drill/result.ts';
import { type FakeFault, FakeTarget, fakeFault } from './fake-target.ts';

interface Play {
  readonly signal?: AbortSignal;
  readonly parallel?: number;
  readonly rounds?: number;
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'drill-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

async function play(target: FakeTarget, { signal, parallel = 1, rounds = 1 }: Play = {}) {
  const journal = new Journal(folder(), { target: 'laptop', portOffset: 0 });
  const progress: string[] = [];
  const planned = orderOf(await target.faults(), { names: undefined, rounds, seed: undefined });
  const results = await drill(planned, {
    target,
    journal,
    signal: signal ?? new AbortController().signal,
    parallel,
    pollMs: 2,
    onProgress: (fault, sentence) => progress.push(`${fault}: ${sentence}`),
  });
  return { results, journal, progress, exitCode: exitCodeOf(results) };
}

async function playOne(fault: FakeFault, options?: Play) {
  const target = new FakeTarget([fault]);
  const { results, ...rest } = await play(target, options);
  const [result] = results;
  if (!result) throw new Error('no result');
  return { target, result, ...rest };
}

const down = (rest: Partial<FakeFault> = {}) => fakeFault('killed', 'PushgatewayDown', rest);

describe('a drill of a fault', () => {
  it('passes if the alert fires, causes a notification and resolves', async () => {
    const { result, target, exitCode } = await playOne(
      down({
        raises: [
          { alert: 'PushgatewayDown', pendingAfter: 10, firingAfter: 20, notifiedAfter: 30, endsAfter: 40 },
        ],
      }),
    );
    expect(result).toMatchObject({ fault: 'killed', verdict: 'passed', problems: [], consequences: [] });
    expect(result.alerts).toEqual([
      {
        alert: 'PushgatewayDown',
        seconds: {
          condition: 0.01,
          pending: 0.01,
          firing: 0.02,
          notified: 0.03,
          clear: 0.04,
          resolved: 0.04,
        },
      },
    ]);
    expect(target.actions).toEqual(['inject killed', 'restore killed']);
    expect(exitCode).toBe(0);
  });

  it.each<[string, FakeFault, string, RegExp]>([
    [
      'the alert is missing',
      down({ raises: [] }),
      'condition',
      /PushgatewayDown did not reach the step "condition" within 0\.4 s .* Query: condition_of_PushgatewayDown\. Value: no series\./,
    ],
    [
      'the alert has other labels than expected',
      fakeFault('killed', 'NatsServerDown', {
        alerts: [{ alert: 'NatsServerDown', labels: { cluster: 'edge' } }],
        allowed: [{ alert: 'NatsServerDown' }],
        raises: [{ alert: 'NatsServerDown', labels: { cluster: 'primary' } }],
      }),
      'condition',
      /NatsServerDown\{cluster="edge"\} did not .* Other series: \{.*cluster="primary"\} 7\./,
    ],
    [
      'the alert stays pending',
      down({ raises: [{ alert: 'PushgatewayDown', firingAfter: null, notifiedAfter: null }] }),
      'firing',
      /the step "firing" .* Value: \{alertname="PushgatewayDown"\} 7\./,
    ],
    [
      'Alertmanager does not notify',
      down({ raises: [{ alert: 'PushgatewayDown', notifiedAfter: null }] }),
      'notified',
      /the step "notified"/,
    ],
    [
      'the alert comes too late',
      down({ raises: [{ alert: 'PushgatewayDown', notifiedAfter: 900 }] }),
      'notified',
      /within 0\.4 s of the injection/,
    ],
    [
      'the alert does not resolve',
      down({ raises: [{ alert: 'PushgatewayDown', endsAfter: null }] }),
      'resolved',
      /PushgatewayDown did not resolve within 0\.4 s of the end of the fault\. Query: .* Value: /,
    ],
    [
      'the runbook query does not show the fault during the fault',
      down({ runbookQueryShows: 'never' }),
      'runbook query during the fault',
      /does not show the fault while it lasts: \(up\{job="pushgateway"\}\) == 0 returns no series/,
    ],
    [
      'the runbook query still shows the fault after the end of the fault',
      down({ runbookQueryShows: 'after the injection' }),
      'runbook query after the fault',
      /still shows the fault after its end: .* returns \{__name__="key"\} 1/,
    ],
    [
      'another alert fires',
      down({ raises: [{ alert: 'PushgatewayDown' }, { alert: 'NatsServerDown' }] }),
      'no other alert',
      /NatsServerDown.* fired: NatsServerDown is active\. Expected no alerts except PushgatewayDown\./,
    ],
  ])('fails if %s', async (_, fault, step, message) => {
    const { result, target, exitCode, journal } = await playOne(fault);
    expect(result.verdict).toBe('failed');
    expect(result.problems).toEqual([{ step, message: expect.stringMatching(message), couldNotRun: false }]);
    expect([...target.injected]).toEqual([]);
    expect(existsSync(journal.file)).toBe(false);
    expect(exitCode).toBe(1);
  });

  it.each<[string, Partial<FakeFault>]>([
    [
      'is declared as a consequence of the fault',
      {
        allowed: [{ alert: 'BatchDataStale' }],
        raises: [{ alert: 'PushgatewayDown' }, { alert: 'BatchDataStale' }],
      },
    ],
    [
      'is inhibited by the expected alert',
      {
        raises: [
          { alert: 'PushgatewayDown' },
          { alert: 'BatchDataStale', inhibitedBy: [{ alert: 'PushgatewayDown' }], notifiedAfter: null },
        ],
      },
    ],
  ])('passes if a second firing alert %s', async (_, rest) => {
    const { result } = await playOne(down(rest));
    expect(result).toMatchObject({ verdict: 'passed', consequences: ['BatchDataStale'] });
  });

  it('ignores an alert that usually fires in the system', async () => {
    const raises = [{ alert: 'PushgatewayDown' }, { alert: 'BatchRunFailed', labels: { job: 'usual' } }];
    const { result } = await playOne(down({ raises }));
    expect(result).toMatchObject({ verdict: 'passed', consequences: [] });
  });

  it('fails if an unexpected alert fires, even if this alert is inhibited', async () => {
    const raises = [
      { alert: 'PushgatewayDown' },
      { alert: 'NatsExporterDown', inhibitedBy: [{ alert: 'NatsServerDown' }], notifiedAfter: null },
    ];
    const { result } = await playOne(down({ raises }));
    expect(result.problems.map(({ step }) => step)).toEqual(['no other alert']);
  });

  it('waits until an unexpected pending alert fires or ends', async () => {
    const raises = [
      { alert: 'PushgatewayDown' },
      { alert: 'UsdtRateJump', firingAfter: 150, notifiedAfter: null, endsAfter: null },
    ];
    const { result } = await playOne(down({ raises }));
    expect(result.problems[0]?.message).toMatch(/^UsdtRateJump/);
  });

  it('also reports an unexpected alert that is pending and never fires', async () => {
    const raises = [
      { alert: 'PushgatewayDown' },
      { alert: 'UsdtRateJump', firingAfter: null, notifiedAfter: null, endsAfter: null },
    ];
    const { result } = await playOne(down({ raises }));
    expect(result.problems.map(({ step, message }) => [step, message])).toEqual([
      [
        'no other alert',
        expect.stringMatching(
          /^UsdtRateJump.* stays pending, and no fault explains it\. Query: condition_of_UsdtRateJump\. Value: \{alertname="UsdtRateJump"\} 7\. Find the cause/,
        ),
      ],
    ]);
  });

  it.each([
    ['passed', 'a consequence of the fault', 'BatchDataStale', []],
    [
      'failed',
      'an alert of another fault',
      'NatsServerDown',
      [/Alertmanager inhibits it because of NatsServerDown\.$/],
    ],
  ])('has the verdict `%s` if %s inhibits the expected alert', async (verdict, _, alert, messages) => {
    const raises = [{ alert: 'PushgatewayDown', notifiedAfter: null, inhibitedBy: [{ alert }] }];
    const { result } = await playOne(down({ raises, allowed: [{ alert: 'BatchDataStale' }] }));
    expect(result.verdict).toBe(verdict);
    expect(result.problems.map(({ message }) => message)).toEqual(
      messages.map((pattern) => expect.stringMatching(pattern)),
    );
  });

  it('passes without a notification if the fault stops all notifications', async () => {
    const raises = [{ alert: 'PushgatewayDown', notifiedAfter: null }];
    const { result } = await playOne(down({ raises, withoutNotifications: true }));
    expect(result.verdict).toBe('passed');
  });

  it.each([
    ['passed', { restartsEvaluator: true }],
    ['failed', {}],
  ])('has the verdict `%s` if no "resolved" notification is sent (options: %o)', async (verdict, rest) => {
    const raises = [{ alert: 'PushgatewayDown', endIsNotified: false }];
    const { result } = await playOne(down({ raises, ...rest }));
    expect(result.verdict).toBe(verdict);
  });

  it('has the verdict not-run if the injection is refused', async () => {
    const { result, target, exitCode } = await playOne(down({ refusesInjection: 'the batch runs.' }));
    expect(result).toMatchObject({
      verdict: 'not-run',
      problems: [{ step: 'inject', message: 'killed could not be injected: the batch runs.' }],
    });
    expect(target.actions).toEqual(['inject killed', 'restore killed']);
    expect(exitCode).toBe(2);
  });

  it('has the verdict not-run if the alert is active before the injection', async () => {
    const earlier = fakeFault('earlier', 'PushgatewayDown', {
      raises: [{ alert: 'PushgatewayDown', endsAfter: null }],
    });
    const target = new FakeTarget([earlier, down()]);
    const { results, exitCode } = await play(target);
    expect(results[1]).toMatchObject({ fault: 'killed', verdict: 'not-run' });
    expect(results[1]?.problems[0]?.message).toMatch(/before the injection: PushgatewayDown is active/);
    expect(target.actions).not.toContain('inject killed');
    expect(exitCode).toBe(2);
  });

  it('injects no further fault if a fault cannot be ended', async () => {
    const target = new FakeTarget([
      down({ refusesRestore: 'the disk is full.' }),
      fakeFault('next', 'NatsServerDown'),
    ]);
    const { results, journal, exitCode } = await play(target);
    expect(results.map(({ verdict }) => verdict)).toEqual(['not-run', 'not-run']);
    expect(results[0]?.problems[0]?.message).toBe(
      'killed is still injected: the disk is full. Run npm run drill -- restore.',
    );
    expect(target.actions).not.toContain('inject next');
    expect(JSON.parse(readFileSync(journal.file, 'utf8'))).toMatchObject({
      target: 'laptop',
      faults: [{ name: 'killed' }],
    });
    expect(exitCode).toBe(2);
  });

  it('ends its fault and stops if Prometheus no longer answers', async () => {
    const target = new FakeTarget([down({ raises: [] }), fakeFault('next', 'NatsServerDown')]);
    target.onInject = () => {
      target.dead = 'no answer (connect ECONNREFUSED)';
    };
    const { results, exitCode } = await play(target);
    expect(results[0]?.problems[0]?.message).toBe(
      'The target does not answer: no answer (connect ECONNREFUSED)',
    );
    expect(results[1]?.problems[0]?.message).toMatch(/next was not injected, .*The target does not answer/);
    expect(target.actions).toEqual(['inject killed', 'restore killed']);
    expect(exitCode).toBe(2);
  });

  it('continues if the target gives no answer for a short time', async () => {
    const target = new FakeTarget([down()]);
    target.onInject = () => {
      target.dead = 'no answer';
      setTimeout(() => {
        target.dead = undefined;
      }, 20);
    };
    const { results } = await play(target);
    expect(results[0]?.verdict).toBe('passed');
  });

  it('ends the injected fault if the drill is interrupted', async () => {
    const interrupt = new AbortController();
    const target = new FakeTarget([down({ raises: [] }), fakeFault('next', 'NatsServerDown')]);
    target.onInject = () => interrupt.abort();
    const { results, journal, exitCode } = await play(target, { signal: interrupt.signal });
    expect(results.map(({ problems }) => problems[0]?.message)).toEqual([
      'The drill was interrupted.',
      'next was not injected, because the drill had already ended. The drill was interrupted.',
    ]);
    expect(target.actions).toEqual(['inject killed', 'restore killed']);
    expect(existsSync(journal.file)).toBe(false);
    expect(exitCode).toBe(2);
  });

  it('ends every injected fault after an unexpected error of the drill', async () => {
    const target = new FakeTarget([down()]);
    const journals = folder();
    const journal = new Journal(journals, { target: 'laptop', portOffset: 0 });
    const planned = orderOf(await target.faults(), { names: undefined, rounds: 1, seed: undefined });
    const broken = drill(planned, {
      target,
      journal,
      signal: new AbortController().signal,
      parallel: 1,
      pollMs: 2,
      onProgress: () => {
        throw new Error('a defect');
      },
    });
    await expect(broken).rejects.toThrow('a defect');
    expect([...target.injected]).toEqual([]);
    expect(existsSync(journal.file)).toBe(false);
  });

  it('writes the fault to the journal before the injection', async () => {
    const target = new FakeTarget([down()]);
    const journal = new Journal(folder(), { target: 'laptop', portOffset: 7 });
    let during: unknown;
    target.onInject = () => {
      during = JSON.parse(readFileSync(journal.file, 'utf8'));
    };
    await drill(orderOf(await target.faults(), { names: undefined, rounds: 1, seed: undefined }), {
      target,
      journal,
      signal: new AbortController().signal,
      parallel: 1,
      pollMs: 2,
      onProgress: () => {},
    });
    expect(during).toMatchObject({
      target: 'laptop',
      portOffset: 7,
      pid: process.pid,
      faults: [{ name: 'killed' }],
    });
  });
});

describe('a drill of several faults', () => {
  const slow = (name: string, alert: string, rest: Partial<FakeFault> = {}) =>
    fakeFault(name, alert, { raises: [{ alert, notifiedAfter: 60 }], ...rest });

  it.each<[string, FakeFault, FakeFault, readonly string[]]>([
    [
      'at the same time if nothing connects them',
      slow('one', 'PushgatewayDown'),
      slow('two', 'NatsServerDown'),
      ['inject one', 'inject two'],
    ],
    [
      'one after another if both are in the same area',
      slow('one', 'PushgatewayDown', { area: 'same' }),
      slow('two', 'NatsServerDown', { area: 'same' }),
      ['inject one', 'restore one', 'inject two', 'restore two'],
    ],
    [
      'one after another if the same alert could come from both',
      slow('one', 'PushgatewayDown', { allowed: [{ alert: 'NatsServerDown' }] }),
      slow('two', 'NatsServerDown'),
      ['inject one', 'restore one', 'inject two', 'restore two'],
    ],
    [
      'one after another if a fault disturbs every other fault',
      slow('one', 'PushgatewayDown'),
      slow('two', 'NatsServerDown', { alone: true }),
      ['inject one', 'restore one', 'inject two', 'restore two'],
    ],
  ])('runs two faults %s', async (_, one, two, actions) => {
    const target = new FakeTarget([one, two]);
    const { results } = await play(target, { parallel: 2 });
    expect(results.map(({ verdict }) => verdict)).toEqual(['passed', 'passed']);
    expect(target.actions.slice(0, actions.length)).toEqual(actions);
  });

  it('first injects the faults that do not restart Prometheus', async () => {
    const faults = [
      slow('one', 'PushgatewayDown', { restartsEvaluator: true }),
      slow('two', 'NatsServerDown'),
    ];
    const target = new FakeTarget(faults);
    await play(target, { rounds: 2 });
    const injections = target.actions.filter((action) => action.startsWith('inject'));
    expect(injections).toEqual(['inject two', 'inject two', 'inject one', 'inject one']);
  });

  it('injects every fault once in each round', async () => {
    const target = new FakeTarget([down(), fakeFault('next', 'NatsServerDown')]);
    const { results } = await play(target, { rounds: 2 });
    expect(results.map(({ fault, round }) => `${fault} ${round}`)).toEqual([
      'killed 1',
      'next 1',
      'killed 2',
      'next 2',
    ]);
    expect(results.every(({ verdict }) => verdict === 'passed')).toBe(true);
  });

  it('does not inject the second fault if the first fault cannot be ended', async () => {
    const target = new FakeTarget([
      down({ refusesRestore: 'the disk is full.' }),
      fakeFault('next', 'NatsServerDown'),
    ]);
    const query = target.query.bind(target);
    target.query = async (expr) =>
      expr === 'nats_connz_num_connections' && !target.actions.includes('restore killed') ? [] : query(expr);
    const { results } = await play(target, { parallel: 2 });
    expect(target.actions).not.toContain('inject next');
    expect(results.find(({ fault }) => fault === 'next')?.problems[0]?.message).toMatch(
      /^next was not injected, because the drill had already ended\. killed is still injected/,
    );
  });

  it('adds an unexpected alert to the result of each active fault', async () => {
    const one = slow('one', 'PushgatewayDown', {
      raises: [
        { alert: 'PushgatewayDown', notifiedAfter: 60 },
        { alert: 'UsdtRateJump', pendingAfter: 30, firingAfter: 35 },
      ],
    });
    const target = new FakeTarget([one, slow('two', 'NatsServerDown')]);
    const { results } = await play(target, { parallel: 2 });
    expect(results.map(({ problems }) => problems.map(({ step }) => step))).toEqual([
      ['no other alert'],
      ['no other alert'],
    ]);
  });
});
