import { batchCases, batchRecordings } from './batch.ts';
import type { AlertCase, RecordingCase } from './case.ts';
import { certificateCases } from './certificates.ts';
import { federationCases, federationRecordings } from './federation.ts';
import { monitoringCases } from './monitoring.ts';
import { natsCases, natsRecordings } from './nats.ts';
import { sloCases, sloRecordings } from './slo.ts';
import { targetCases } from './targets.ts';
import { usdtCases, usdtRecordings } from './usdt.ts';

export const alertCases: readonly AlertCase[] = [
  ...targetCases,
  ...natsCases,
  ...usdtCases,
  ...federationCases,
  ...batchCases,
  ...sloCases,
  ...monitoringCases,
  ...certificateCases,
];

export const recordingCases: readonly RecordingCase[] = [
  ...natsRecordings,
  ...usdtRecordings,
  ...federationRecordings,
  ...batchRecordings,
  ...sloRecordings,
];

/** Alerts that are shown both firing and not firing. */
export function testedAlerts(): readonly string[] {
  const named = (cases: readonly AlertCase[]) => new Set(cases.map(({ alert }) => alert));
  const firing = named(alertCases.filter(({ fires }) => fires));
  const silent = named(alertCases.filter(({ fires }) => !fires));
  return [...firing].filter((alert) => silent.has(alert)).sort();
}
