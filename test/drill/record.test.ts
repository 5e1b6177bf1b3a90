import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faults } from '../../demo/faults/index.ts';
import { type FinishedDrill, type RecordedDrill, readRecord, recordOf } from '../../drill/record.ts';
import { median } from '../../drill/result.ts';

const passed = (fault: string, notified: number): FinishedDrill['results'][number] => ({
  fault,
  round: 1,
  verdict: 'passed',
  problems: [],
  alerts: [{ alert: 'NatsServerDown', seconds: { notified } }],
  consequences: [],
  total: 30,
});
const recorded = ({ fault, verdict, alerts }: FinishedDrill['results'][number]) => ({
  fault,
  verdict,
  alerts: alerts.map(({ alert, seconds }) => ({ alert, seconds })),
  consequences: [],
});
const whole: RecordedDrill = { date: '2026-01-01', seconds: 400, results: [recorded(passed('a', 1))] };
const endedAt = new Date('2026-02-02T10:00:00Z');

describe('the record of a drill', () => {
  it('is overwritten by a drill of all faults', () => {
    const results = [passed('c', 3), passed('b', 2), { ...passed('c', 4), round: 2 }];
    expect(recordOf({ results, isWhole: true, seconds: 99.6, endedAt }, () => whole)).toEqual({
      date: '2026-02-02',
      seconds: 100,
      results: [passed('b', 2), passed('c', 4)].map(recorded),
    });
  });

  it('keeps the earlier result of each fault that the new drill has not run', () => {
    const results = [passed('b', 2)];
    expect(recordOf({ results, isWhole: false, seconds: 20, endedAt }, () => whole)).toEqual({
      date: '2026-01-01',
      seconds: 400,
      results: [passed('a', 1), passed('b', 2)].map(recorded),
    });
  });
});

describe('the last recorded drill of the laptop', () => {
  const { results, seconds } = readRecord();

  // If this test fails after a change of the faults, run: npm run drill -- --record
  it('has passed for each fault and each expected alert', () => {
    const drilled = results.map(({ fault, verdict, alerts }) => [
      fault,
      verdict,
      alerts.map(({ alert }) => alert),
    ]);
    const expected = faults.map(({ name, alerts }) => [name, 'passed', alerts.map(({ alert }) => alert)]);
    expect(drilled.sort()).toEqual(expected.sort());
  });

  it('has a median detection time of at most 60 s', () => {
    const detections = results.flatMap(({ alerts }) =>
      alerts.flatMap((alert) => alert.seconds.notified ?? []),
    );
    expect(median(detections)).toBeLessThanOrEqual(60);
    expect(seconds).toBeLessThanOrEqual(12 * 60);
  });

  it('has a table row in docs/alerts.md for each fault', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/alerts.md'), 'utf8');
    for (const { fault } of results) expect(page).toContain(`| \`${fault}\` |`);
  });
});
