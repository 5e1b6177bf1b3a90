import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AirflowInstallation } from '../../../demo/airflow/installation.ts';
import { components } from '../../../demo/components/list.ts';
import { type Fault, type FaultContext, faults, faultsOf } from '../../../demo/faults/index.ts';
import { hostedComponents } from '../../../demo/hosted.ts';
import { parseSettings } from '../../../demo/settings.ts';
import { prometheusRules } from '../../../rules/index.ts';

const alerts = prometheusRules({ profile: 'laptop' }).groups.flatMap(({ rules }) =>
  rules.flatMap((rule) => ('alert' in rule ? [rule.alert] : [])),
);

describe('faults', () => {
  it('have unique names that are valid in a URL path', () => {
    const names = faults.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it('have a title and a description, and list alerts that exist', () => {
    for (const { title, description, alerts: expected } of faults) {
      expect(title).not.toBe('');
      expect(description).toMatch(/\.$/);
      expect(expected.length).toBeGreaterThan(0);
      expect(alerts).toEqual(expect.arrayContaining(expected.map(({ alert }) => alert)));
    }
  });

  it('have a cause in production, and list only existing alerts as further alerts', () => {
    for (const { cause, allowed = [] } of faults) {
      expect(cause).toMatch(/\.$/);
      expect(alerts).toEqual(expect.arrayContaining(allowed.map(({ alert }) => alert)));
    }
  });

  it('have a default intensity on a step of their scale', () => {
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

  it('of the upstream are not listed with --live-rates, because the mock does not run', () => {
    const names = (liveRates: boolean) =>
      faultsOf({ liveRates, airflow: false, processes: true }).map(({ name }) => name);
    expect(names(false)).toEqual(faults.map(({ name }) => name));
    expect(names(true)).toEqual(names(false).filter((name) => !name.startsWith('upstream-')));
  });

  it('that stop or suspend a process are listed only if the pipeline controls processes', async () => {
    const refusing = new Proxy({} as FaultContext, {
      get: (_, action) => () => {
        if (['component', 'stop', 'start'].includes(String(action))) throw new Error('no process');
        return Promise.resolve();
      },
    });
    const act = async (fault: Fault) => {
      await fault.inject(refusing, 0);
      await fault.restore(refusing);
    };
    const listed = faultsOf({ liveRates: true, airflow: false, processes: false });
    for (const fault of listed) await expect(act(fault)).resolves.toBeUndefined();
    const others = faults.filter(({ name, needsMock }) => !needsMock && !listed.some((f) => f.name === name));
    for (const fault of others) await expect(act(fault)).rejects.toThrow('no process');
    expect(listed.length).toBeGreaterThan(0);
    expect(others.length).toBeGreaterThan(0);
  });

  it('cover every kind of production failure', () => {
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
      ]),
    );
  });
});

describe('a killed component', () => {
  it('stays stopped until the fault is restored', async () => {
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

describe('a suspended component', () => {
  it.each([
    ['edge-cut-off', 'prometheus-agent'],
    ['nats-frozen', 'nats'],
  ])('continues when the fault %s is restored', async (name, component) => {
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

describe('a fault with an intensity', () => {
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

  it.each(faults.filter(({ needsMock }) => needsMock).map(({ name }) => name))(
    'makes the mock of Binance break a share of requests that equals the intensity: %s',
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

  it('starts with a backlog as large as the intensity: consumer-stalled', async () => {
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
});
