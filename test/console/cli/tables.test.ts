import { describe, expect, it } from 'vitest';
import { alertsLine, faultTable } from '../../../console/cli/tables.ts';
import type { FaultStatus } from '../../../console/controls/faults.ts';

const now = 1_000_000;
const fault: FaultStatus = {
  name: 'nats-killed',
  title: 'NATS stops',
  description: '',
  alerts: [],
  breaks: ['nats'],
  injected: false,
};
const injected = { ...fault, injected: true, injectedAt: now };

describe('the fault list of the command line', () => {
  it.each<[string, FaultStatus, string]>([
    ['the title of a fault that is not injected', fault, '–  nats-killed  NATS stops'],
    [
      'a fault without an end',
      injected,
      '✗  nats-killed  NATS stops; injected until somebody ends the fault',
    ],
    [
      'the time until the automatic end',
      { ...injected, endsAt: now + 90_000 },
      '✗  nats-killed  NATS stops; injected for 1m30s more',
    ],
    ['why the last injection failed', { ...fault, error: 'no process' }, '–  nats-killed  no process'],
    [
      'why the last restore failed',
      { ...injected, error: 'no process' },
      '✗  nats-killed  NATS stops; no process',
    ],
  ])('shows %s', (_, status, line) => {
    expect(faultTable([status], now)).toBe(line);
  });
});

describe('the alerts in the output of npm run demo', () => {
  const alerts = [
    { alert: 'NatsServerDown', state: 'firing' },
    { alert: 'BatchRunFailed', state: 'pending' },
    { alert: 'EdgeDown', state: 'firing' },
  ] as const;

  it('include firing alerts, and no pending alerts', () => {
    expect(alertsLine({ alerts })).toBe('Alerts firing: NatsServerDown, EdgeDown.');
    expect(alertsLine({ alerts: [] })).toBe('No alert fires.');
  });

  it('are marked as old while Prometheus does not answer', () => {
    expect(alertsLine({ alerts: [], prometheus: { error: 'ECONNREFUSED' } })).toMatch(
      /^No alert fires\. This list is old, because Prometheus does not answer: ECONNREFUSED$/,
    );
  });
});
