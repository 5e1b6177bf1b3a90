import type { Mutant } from './mutants.ts';

/** Mutants that may survive, and the reason. */
export interface Explanation {
  readonly rule: string;
  /** The changes of the mutants, such as `group → sum`. */
  readonly changes: readonly string[];
  readonly reason: string;
}

const oneSeries = 'The sum has only one series for each group. It only removes the other labels.';
const twice =
  'The reading occurs twice. A bad reading of the other occurrence has the same result, and a good reading only matters while nothing scrapes the exporter.';

export const explanations: readonly Explanation[] = [
  {
    rule: 'JetStreamStorageNearLimit',
    changes: ['0 → 1'],
    reason: 'The limit is a number of bytes, and no server has a limit of one byte or less, except 0.',
  },
  {
    rule: 'JetStreamMemoryNearLimit',
    changes: ['0 → 1'],
    reason: 'The limit is a number of bytes, and no server has a limit of one byte or less, except 0.',
  },
  {
    rule: 'NatsConsumerStalled',
    changes: ['delta → changes'],
    reason:
      'A delivery increases the sequence, and the sequence does not return to the same value within five minutes. Therefore the difference is 0 only without a change.',
  },
  {
    rule: 'ScrapeNearSampleLimit',
    changes: ['0 → 1'],
    reason: 'No target has a limit of one sample.',
  },
  {
    rule: 'CertificateRenewalOverdue',
    changes: ['0 → 1'],
    reason: 'The value is a Unix time. A certificate of cert-manager has no time in 1970, except 0.',
  },
  {
    rule: 'CertificateExpiring',
    changes: ['0 → 1'],
    reason: 'The value is a Unix time. A certificate of cert-manager has no time in 1970, except 0.',
  },
  {
    rule: 'CertificateExpiring',
    changes: ['job="cert-manager" → job=~".*"'],
    reason:
      'The left operand only has certificates of cert-manager, and an edge certificate among them is also in the right operand.',
  },
  {
    rule: 'EdgeCertificateExpiring',
    changes: ['0 → 1'],
    reason: 'The value is a Unix time. A certificate of cert-manager has no time in 1970, except 0.',
  },
  {
    rule: 'ThanosWriteQuorumAtRisk',
    changes: ['1 → 0.8'],
    reason: 'Both sides are whole numbers. A difference of 0.2 or 0.4 does not change their comparison.',
  },
  {
    rule: 'ThanosSamplesRefused',
    changes: ['0 → 1'],
    reason:
      'The counter starts with the first refusal. Each later refusal adds at least one sample, and `increase` extrapolates one sample to more than 1.',
  },
  {
    rule: 'ThanosQueriesSlow',
    changes: ['rate → increase'],
    reason: 'A quantile depends on the proportions of the buckets only.',
  },
  {
    rule: 'ErrorBudgetLow',
    changes: ['< → <='],
    reason: 'At the limit, 777.6 bad evaluations are counted, and a sum of evaluations is a whole number.',
  },
  { rule: 'ThanosRuleEvaluationFailing', changes: ['sum → max'], reason: oneSeries },
  { rule: 'AlertsDropped', changes: ['sum → max'], reason: oneSeries },
  { rule: 'NotificationsFailing', changes: ['sum → max'], reason: oneSeries },
  {
    rule: 'DiskFilling',
    changes: ['< → <=', '1 → 0.8', '1 → 1.25'],
    reason: 'The prediction of a disk that fills up is not a number of bytes between 0 and 1.25, except 0.',
  },
  {
    rule: 'slo:bad:bool #3',
    changes: [
      'usdt_vnd_up{instance=""} and on (job) up{job="usdt-exporter"… → (usdt_vnd_up{instance=""})',
      '(job) → ()',
      'job="usdt-exporter" → job=~".*"',
      'instance="" → instance=~".*"',
    ],
    reason: twice,
  },
  {
    rule: 'EdgeClusterSilent',
    changes: ['group → sum'],
    reason: 'Each group has one series with the value 1.',
  },
  {
    rule: 'PushGroupAbandoned',
    changes: ['> → >='],
    reason: 'If the two times are equal, both sides of `or` have the same value.',
  },
  ...['cluster:up:age_seconds', 'cluster:nats_varz_connections:age_seconds'].map((rule) => ({
    rule,
    changes: ['5m → 150s'],
    reason: 'A step that is shorter than the lookback delta of Prometheus finds the same samples.',
  })),
];

export const explanationOf = ({ rule, change }: Pick<Mutant, 'rule' | 'change'>): string | undefined =>
  explanations.find((one) => one.rule === rule && one.changes.includes(change))?.reason;
