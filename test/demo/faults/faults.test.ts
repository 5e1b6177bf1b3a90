import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AirflowInstallation } from '../../../demo/airflow/installation.ts';
import { components } from '../../../demo/components/list.ts';
import { type Fault, type FaultContext, faults, faultsOf } from '../../../demo/faults/index.ts';
import { hostedComponents } from '../../../demo/hosted.ts';
import { parseSettings } from '../../../demo/settings.ts';
import { prometheusRules } from '../../../rules/index.ts';
import { type Expected, expectedOnLaptop, expectedWithThanos } from '../../../sources/index.ts';

const alertsOf = (expected: Expected) =>
  prometheusRules({ profile: 'laptop', expected }).groups.flatMap(({ rules }) =>
    rules.flatMap((rule) => ('alert' in rule ? [rule.alert] : [])),
  );
const alerts = alertsOf(expectedOnLaptop);
const alertsOfEveryEngine = alertsOf(expectedWithThanos);

describe('faults', () => {
  it('have unique names that are valid in a URL path', () => {
    const names = faults.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it('have a title, a description and alerts that exist', () => {
    for (const { title, description, alerts: expected } of faults) {
      expect(title).not.toBe('');
      expect(description).toMatch(/\.$/);
      expect(expected.length).toBeGreaterThan(0);
      expect(alerts).toEqual(expect.arrayContaining(expected.map(({ alert }) => alert)));
    }
  });

  it('have a sentence about a possible cause in production', () => {
    for (const { cause, allowed = [] } of faults) {
      expect(cause).toMatch(/\.$/);
      expect(alertsOfEveryEngine).toEqual(expect.arrayContaining(allowed.map(({ alert }) => alert)));
    }
  });

  it('have a default intensity that is a step of their intensity scale', () => {
    const scales = faults.flatMap(({ intensity }) => (intensity ? [intensity] : []));
    expect(scales.length).toBeGreaterThan(0);
    for (const { min, max, step, default: usual } of scales) {
      expect(usual).toBeGreaterThanOrEqual(min);
      expect(usual).toBeLessThanOrEqual(max);
      for (const value of [usual, max]) expect((value - min) % step).toBe(0);
    }
  });

  it.each([false, true])('break only components that exist (with --airflow: %s)', (airflow) => {
    const settings = parseSettings('/project', airflow ? ['--airflow'] : []);
    const installation = { airflow: '/airflow', database: '/database', key: 'key', version: '1' };
    const names = [
      ...components(settings, airflow ? (installation as AirflowInstallation) : undefined),
      ...hostedComponents(settings),
    ].map(({ name }) => name);
    const broken = faultsOf({ ...settings, processes: true }).flatMap(({ breaks }) => breaks);
    expect(names).toEqual(expect.arrayContaining(broken));
  });

  it('that need the mock of Binance are not listed with --live-rates', () => {
    const names = (liveRates: boolean) =>
      faultsOf({ liveRates, airflow: false, processes: true }).map(({ name }) => name);
    expect(names(false)).toEqual(faults.map(({ name }) => name));
    const withoutMock = faults.filter(({ needsMock }) => !needsMock).map(({ name }) => name);
    expect(names(true)).toEqual(withoutMock);
    expect(withoutMock.length).toBeLessThan(faults.length);
  });

  it('that need processes or files are listed only if a supervisor runs the components', async () => {
    const refuse = () => {
      throw new Error('no process');
    };
    const objects: Readonly<Record<string, unknown>> = {
      disk: { fill: refuse, isFull: refuse },
      nodeScrapes: { delay: refuse, release: refuse },
      config: {
        prometheus: { change: refuse, restore: refuse },
        agent: { change: refuse, restore: refuse },
      },
    };
    const refusing = new Proxy({} as FaultContext, {
      get: (_, action: string) => {
        if (['component', 'stop', 'start'].includes(action)) return refuse;
        return objects[action] ?? (() => Promise.resolve());
      },
    });
    const act = async (fault: Fault) => {
      await fault.inject(refusing, 0);
      await fault.restore(refusing);
    };
    const listed = faultsOf({ liveRates: true, airflow: false, processes: false });
    for (const fault of listed) {
      const failure = await act(fault).catch((error: Error) => error.message);
      expect(failure ?? '').not.toContain('no process');
    }
    const others = faults.filter(({ name, needsMock }) => !needsMock && !listed.some((f) => f.name === name));
    for (const fault of others) await expect(act(fault)).rejects.toThrow('no process');
    expect(listed.length).toBeGreaterThan(0);
    expect(others.length).toBeGreaterThan(0);
  });

  it('include every expected fault', () => {
    expect(faults.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'upstream-rate-limited',
        'upstream-timeout',
        'upstream-garbage',
        'edge-cut-off',
        'nats-killed',
        'nats-frozen',
        'consumer-stalled',
        'batch-failing',
        'batch-stopped',
        'pushgateway-killed',
        'cardinality-explosion',
        'edge-killed-in-outage',
        'edge-refused',
        'batch-clock-ahead',
        'prometheus-disk-full',
        'alertmanager-killed',
        'scrape-slow',
        'usdt-exporter-frozen',
      ]),
    );
  });
});

describe('a killed component', () => {
  it('stays stopped until the fault ends', async () => {
    const calls: string[] = [];
    const context = {
      stop: async (name: string) => void calls.push(`stop ${name}`),
      start: (name: string) => void calls.push(`start ${name}`),
    } as unknown as FaultContext;
    const fault = faults.find(({ name }) => name === 'pushgateway-killed');
    await fault?.inject(context, 0);
    expect(calls).toEqual(['stop pushgateway']);
    await fault?.restore(context);
    expect(calls).toEqual(['stop pushgateway', 'start pushgateway']);
  });
});

describe('a fault of the remote-write listener', () => {
  it.each([
    ['edge-refused', 'refusing'],
    ['edge-killed-in-outage', 'away'],
  ])('changes the answers until the fault ends: %s', async (name, mode) => {
    const calls: string[] = [];
    const context: Partial<FaultContext> = {
      treatEdge: (to) => void calls.push(to),
      component: (component) => ({ pid: 7, signal: (signal) => calls.push(`${component} ${signal}`) > 0 }),
    };
    const fault = faults.find((candidate) => candidate.name === name);
    await fault?.inject(context as FaultContext, 0);
    await fault?.restore(context as FaultContext);
    const killed = name === 'edge-killed-in-outage' ? ['prometheus-agent SIGKILL'] : [];
    expect(calls).toEqual([mode, ...killed, 'forwarding']);
  });

  it('kills the agent one second after the outage starts', async () => {
    const fault = faults.find(({ name }) => name === 'edge-killed-in-outage') as Fault;
    let since = Number.NaN;
    const context = {
      treatEdge: () => {
        since = performance.now();
      },
      component: () => ({ signal: () => performance.now() - since < 900 }),
    } as unknown as FaultContext;
    await expect(fault.inject(context, 1)).rejects.toThrow('has no process to kill');
    await expect(fault.inject(context, 0)).resolves.toBeUndefined();
  });
});

describe('the fault prometheus-disk-full', () => {
  it('restarts Prometheus when the fault ends', async () => {
    const calls: string[] = [];
    let isFull = false;
    const context = {
      disk: {
        fill: async () => {
          isFull = true;
        },
        isFull: async () => isFull,
      },
      stop: async (name: string) => void calls.push(`stop ${name}`),
      start: (name: string) => void calls.push(`start ${name}`),
    } as unknown as FaultContext;
    const fault = faults.find(({ name }) => name === 'prometheus-disk-full') as Fault;
    await fault.restore(context);
    expect(calls).toEqual([]);
    await fault.inject(context, 0);
    await fault.restore(context);
    expect(calls).toEqual(['stop prometheus', 'start prometheus']);
  });
});

describe('a job whose clock is ahead', () => {
  it('reports a success 6 hours in the future', async () => {
    const pushes: [string, string | undefined][] = [];
    const context: Partial<FaultContext> = { push: async (...push) => void pushes.push(push) };
    const fault = faults.find(({ name }) => name === 'batch-clock-ahead') as Fault;
    await fault.inject(context as FaultContext, 6);
    await fault.restore(context as FaultContext);
    const [[job, exposition = ''] = ['']] = pushes;
    const reported = Number(/last_success_timestamp_seconds (\d+)/.exec(exposition)?.[1]);
    expect(reported - Date.now() / 1000).toBeGreaterThan(6 * 3600 - 10);
    expect(reported - Date.now() / 1000).toBeLessThan(6 * 3600 + 10);
    expect(pushes[1]).toEqual([job, undefined]);
  });
});

describe('a suspended component', () => {
  it.each([
    ['edge-cut-off', 'prometheus-agent'],
    ['nats-frozen', 'nats'],
    ['usdt-exporter-frozen', 'usdt-exporter'],
  ])('continues when the fault %s ends', async (name, component) => {
    const signals: string[] = [];
    const context = {
      component: (name: string) => ({ signal: (signal: string) => signals.push(`${name} ${signal}`) }),
    } as unknown as FaultContext;
    const fault = faults.find((candidate) => candidate.name === name);
    await fault?.inject(context, 0);
    await fault?.restore(context);
    expect(signals).toEqual([`${component} SIGSTOP`, `${component} SIGCONT`]);
  });
});

describe('the intensity of a fault', () => {
  const controls: { mode: string; share: number }[] = [];
  const context = { mockUrl: '' } as { mockUrl: string };
  let server: Server;

  beforeAll(async () => {
    server = createServer(async (incoming, response) => {
      let body = '';
      for await (const chunk of incoming) body += chunk;
      controls.push(JSON.parse(body));
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    context.mockUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  it.each(faults.filter(({ needsMock, intensity }) => needsMock && intensity).map(({ name }) => name))(
    'is the percentage of failed requests to the mock of Binance: %s',
    async (name) => {
      const fault = faults.find((candidate) => candidate.name === name);
      await fault?.inject(context as FaultContext, 40);
      await fault?.restore(context as FaultContext);
      expect(controls.splice(0)).toEqual([
        { mode: name.replace('upstream-', ''), share: 0.4 },
        { mode: 'ok', share: 1 },
      ]);
    },
  );

  it.each([
    ['rate-jumps', 'jump'],
    ['rate-implausible', 'implausible'],
    ['market-thin', 'thin'],
  ])('has no effect if the fault is `%s`', async (name, mode) => {
    const fault = faults.find((candidate) => candidate.name === name);
    await fault?.inject(context as FaultContext, 0);
    await fault?.restore(context as FaultContext);
    expect(controls.splice(0)).toEqual([
      { mode, share: 1 },
      { mode: 'ok', share: 1 },
    ]);
  });
});

it('the intensity of the fault consumer-stalled is the number of messages that the fault publishes', async () => {
  const calls: unknown[] = [];
  const fault = faults.find(({ name }) => name === 'consumer-stalled');
  const context: Partial<FaultContext> = {
    stallConsumer: (cluster, stalled) => calls.push([cluster, stalled]),
    publish: async (cluster, messages) => void calls.push([cluster, messages]),
  };
  await fault?.inject(context as FaultContext, 3000);
  expect(calls).toEqual([
    ['primary', true],
    ['primary', 3000],
  ]);
});

const faultOf = (name: string) => faults.find((fault) => fault.name === name) as Fault;

describe('a fault that causes an unusual batch run', () => {
  it.each([
    ['batch-slow', { records: 1000, durationSeconds: 10 }],
    ['batch-small', { records: 10, durationSeconds: 1 }],
  ])('runs the batch once at the injection: %s', async (name, run) => {
    const calls: unknown[] = [];
    const batch = {
      holdBatch: async (mode) => void calls.push(mode ?? 'the mode of the user'),
      runBatch: async (wanted) => void calls.push(wanted),
    } as Partial<FaultContext> as FaultContext;
    await faultOf(name).inject(batch, 0);
    await faultOf(name).restore(batch);
    expect(calls).toEqual(['off', run, 'the mode of the user', { records: 1000, durationSeconds: 1 }]);
  });
});

describe('the fault report-refused', () => {
  const pushing = (answer: () => Promise<void>) =>
    ({ push: answer }) as Partial<FaultContext> as FaultContext;

  it('counts as injected if the Pushgateway answers 400', async () => {
    const refusing = pushing(async () => {
      throw new Error('The Pushgateway answered 400: inconsistent type');
    });
    await expect(faultOf('report-refused').inject(refusing, 0)).resolves.toBeUndefined();
  });

  it.each([
    ['accepts the report', async () => {}, 'cannot start before the first run of the batch'],
    [
      'does not answer',
      async () => {
        throw new Error('connect ECONNREFUSED');
      },
      'ECONNREFUSED',
    ],
  ])('cannot be injected if the Pushgateway %s', async (_, answer, message) => {
    await expect(faultOf('report-refused').inject(pushing(answer), 0)).rejects.toThrow(message);
  });
});
