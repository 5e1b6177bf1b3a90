import type { ActiveAlert, AlertRule, Labels } from '../../console/alerting.ts';

export const alertRule = (alert: string, changes: Partial<AlertRule> = {}): AlertRule => ({
  alert,
  group: 'targets',
  intervalSeconds: 5,
  expr: 'up == 0',
  forSeconds: 0,
  keepFiringForSeconds: 0,
  severity: 'critical',
  labels: {},
  summary: '',
  description: '',
  hasRunbook: true,
  ...changes,
});

export const activeAlert = (
  alert: string,
  labels: Labels = {},
  changes: Partial<ActiveAlert> = {},
): ActiveAlert => ({
  alert,
  labels: { alertname: alert, severity: 'critical', ...labels },
  state: 'firing',
  value: '0',
  activeAt: 0,
  severity: 'critical',
  summary: '',
  description: '',
  inhibitedBy: [],
  silencedBy: [],
  ...changes,
});
