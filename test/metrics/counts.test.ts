import { describe, expect, it } from 'vitest';
import { readProof } from '../live/proof.ts';
import { recordings } from '../rules/promtool.ts';
import { counts } from './counts.ts';
import { readDocuments } from './documents.ts';

const counted = counts();

describe('the project', () => {
  it('has a test and a runbook for each alert', () => {
    expect(counted.alerts).toBeGreaterThanOrEqual(30);
    expect(counted.testedAlerts).toBe(counted.alerts);
    expect(counted.runbooks).toBe(counted.alerts);
  });

  // After a changed query, update `test/live/proof` with `npm run test:live` and `npm run test:engine`.
  it('has a recorded live result for every panel of the laptop pipeline', () => {
    expect(counted.provenPanels).toBe(counted.panelsOnLaptop);
  });

  it('has a recorded live result for every documented query', () => {
    expect(counted.provenQueries).toBe(counted.documentedQueries);
  });

  it('has proof from a running pipeline that every recording rule returns data', () => {
    const proven = [...readProof('recording-rules')].map((query) => query.replace(/\{.*/, ''));
    expect(proven).toEqual(expect.arrayContaining(recordings.map(({ record }) => record)));
  });

  it('has correct numbers of alerts, panels and queries in the README', () => {
    const readme = readDocuments().find(({ file }) => file === 'README.md')?.text ?? '';
    const said = [
      ...readme.matchAll(
        /(\d+) (alerts|recording rules|dashboards|panels|of the alerts|of the panels|queries)\b/g,
      ),
    ];
    const names: Readonly<Record<string, number>> = {
      alerts: counted.alerts,
      'recording rules': counted.recordingRules,
      dashboards: counted.dashboards,
      panels: counted.panels,
      'of the alerts': counted.laptopAlerts,
      'of the panels': counted.provenPanels,
      queries: counted.documentedQueries,
    };
    expect(said.map(([, , what]) => what)).toEqual(expect.arrayContaining(Object.keys(names)));
    expect(said.map(([, count, what]) => `${count} ${what}`)).toEqual(
      said.map(([, , what]) => `${names[what as string]} ${what}`),
    );
  });
});
