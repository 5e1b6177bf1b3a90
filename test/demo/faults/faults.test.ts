import { describe, expect, it } from 'vitest';
import { type FaultContext, faults, faultsOf } from '../../../demo/faults/index.ts';
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

  it('have a title and a description, and raise alerts that exist', () => {
    for (const { title, description, alerts: expected } of faults) {
      expect(title).not.toBe('');
      expect(description).toMatch(/\.$/);
      expect(expected.length).toBeGreaterThan(0);
      expect(alerts).toEqual(expect.arrayContaining(expected.map(({ alert }) => alert)));
    }
  });

  it('of the upstream are not listed with --live-rates, because the mock does not run', () => {
    const names = (liveRates: boolean) => faultsOf({ liveRates, airflow: false }).map(({ name }) => name);
    expect(names(false)).toEqual(faults.map(({ name }) => name));
    expect(names(true)).toEqual(names(false).filter((name) => !name.startsWith('upstream-')));
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
  ])('continues when %s is restored', async (name, component) => {
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
