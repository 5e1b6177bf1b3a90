import { expect, inject, it } from 'vitest';
import { canonical } from '../../metrics/promql-canonical.ts';
import { ruleGroups } from '../../rules/groups.ts';
import { prometheusRules } from '../../rules/index.ts';
import { openHistory } from '../../verify/backtest/history.ts';

const laptop = inject('laptop');

it('the Prometheus of the laptop has loaded every rule of the catalogue, by name and expression', async () => {
  const { groups } = await openHistory(`http://127.0.0.1:${laptop.ports.prometheus}`, 1);
  const loaded = groups.flatMap(({ rules }) =>
    rules.map(({ name, query }) => `${name}: ${canonical(query)}`),
  );
  const declared = prometheusRules({ profile: 'laptop' }).groups.flatMap(({ rules }) =>
    rules.map((rule) => `${'alert' in rule ? rule.alert : rule.record}: ${canonical(rule.expr)}`),
  );
  expect(loaded.sort()).toEqual(declared.sort());
  const names = new Set(groups.flatMap(({ rules }) => rules.map(({ name }) => name)));
  const missing = ruleGroups
    .filter(({ engine, needs, only = 'laptop' }) => !engine && !needs && only === 'laptop')
    .flatMap(({ alerting = [], recording = [] }) => [
      ...alerting.map(({ alert }) => alert),
      ...recording.map(({ record }) => record.name),
    ])
    .filter((name) => !names.has(name));
  expect(missing).toEqual([]);
});
