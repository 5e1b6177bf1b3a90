import { join } from 'node:path';
import { execa } from 'execa';
import { expect, inject, it } from 'vitest';
import { canonical } from '../../metrics/promql-canonical.ts';
import { ruleGroups } from '../../rules/groups.ts';
import { prometheusRules } from '../../rules/index.ts';
import { openHistory } from '../../verify/backtest/history.ts';

const laptop = inject('laptop');

it('the Prometheus of the laptop has loaded every rule of the profile `laptop`', async () => {
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

it('a back-test on the laptop finds no difference between the loaded rules and the checkout', async () => {
  const url = `http://127.0.0.1:${laptop.ports.prometheus}`;
  const { exitCode, stdout } = await execa(
    process.execPath,
    ['--import', 'tsx', 'scripts/backtest.ts', url, '--days', '1', '--rules', 'laptop'],
    { cwd: join(import.meta.dirname, '../..'), reject: false, timeout: 90_000 },
  );
  expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
  expect(stdout).toMatch(
    /^[5-9]\d alerts: \d+ never fired, 0 differ between the loaded rules and this checkout, 0 could not be evaluated$/m,
  );
}, 100_000);
