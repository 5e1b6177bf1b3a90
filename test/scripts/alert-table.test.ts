import { expect, it } from 'vitest';
import { effectiveAlerts } from '../../rules/index.ts';
import { alertTable } from '../../scripts/alert-table.ts';

const table = alertTable(
  effectiveAlerts({
    overrides: {
      UsdtRateStale: { threshold: '1h', severity: 'warning', labels: { team: 'rates' } },
      UsdtMarketThin: { disabled: 'this market always has few offers' },
    },
  }),
);
const line = (alert: string) => table.split('\n').find((text) => text.startsWith(`${alert} `));

it('the table of alerts has a star after each value that an override sets', () => {
  expect(line('UsdtRateStale')).toMatch(/^UsdtRateStale +warning\* +1m +age 1 hour\*, team\* "rates"$/);
  expect(line('UsdtRateJump')).toMatch(/^UsdtRateJump +warning +0s +change 3 %$/);
});

it('the table of alerts shows why the system does not evaluate an alert', () => {
  expect(line('UsdtMarketThin')).toMatch(/ - +- +disabled: this market always has few offers$/);
  expect(line('DiskFilling')).toMatch(/replaced by the chart's alert NodeFilesystemSpaceFillingUp$/);
  expect(line('ThanosQueriesSlow')).toMatch(/ - +- +runs only where Thanos runs$/);
  expect(table).toMatch(/\nAlerts that run in this system: \d+\. Alerts that do not run: \d+\./);
});
