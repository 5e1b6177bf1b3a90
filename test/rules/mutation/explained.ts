import type { Mutant } from './mutants.ts';

/** Mutants of a rule that no test can kill, or that no test has to kill, and the reason. */
export interface Explanation {
  readonly rule: string;
  /** The changes of the mutants, such as `group → sum`. */
  readonly changes: readonly string[];
  readonly reason: string;
}

const sameJob =
  'Both operands must have the same labels. Therefore the job in the other operand selects the series alone.';
const unusedValue =
  'The rule only uses whether the series exists. No label, no text and no comparison shows its value.';
const everyProgram = 'job=~"thanos-receive|thanos-query|thanos-ruler-operated|than… → job=~".*"';
const everySource = 'job=~"kube-prometheus-stack-prometheus|kube-prometheus-stack… → job=~".*"';

const repeated =
  'The other operand of the same operator has the same matcher, and the operator combines only series with equal labels.';
const wholeNumbers =
  'A sum of evaluations is a whole number, and no whole number lies between the two limits.';
const oneSeries = 'The sum has only one series for each group. It only removes the other labels.';

const widerJob = (job: string) => `${job} → job=~".*"`;
const ofCentral = widerJob('job="kube-prometheus-stack-prometheus"');
const ofAgents = widerJob('job=~".+/prometheus-agent"');

/** The recording rules of the error budgets, in the order of the objectives. */
const errorBudgets: readonly Explanation[] = ['freshness', 'push', 'exporter'].map((slo, index) => ({
  rule: `slo:error_budget:remaining #${index + 1}`,
  changes: [`slo="${slo}" → slo=~".*"`],
  reason: repeated,
}));

/** The burn-rate alerts of an objective. */
const burnRates = (prefix: string, slo: string): readonly Explanation[] => [
  ...['Fast', 'Slow'].flatMap((speed) => [
    { rule: `${prefix}Burning${speed}`, changes: [`slo="${slo}" → slo=~".*"`], reason: repeated },
    { rule: `${prefix}Burning${speed}`, changes: ['> → >='], reason: wholeNumbers },
  ]),
  {
    rule: `${prefix}BurningFast`,
    changes: ['0.1 → 0.08', '0.1 → 0.125', '14.4 → 11.52', '14.4 → 18'],
    reason: `In five minutes, 1.44 bad evaluations are allowed. ${wholeNumbers}`,
  },
];

export const explanations: readonly Explanation[] = [
  { rule: 'NatsServerDown', changes: ['job=~".+/nats" → job=~".*"'], reason: sameJob },
  { rule: 'NatsServerRestarted', changes: ['group → sum'], reason: unusedValue },
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
    rule: 'TargetMissing',
    changes: ['group → sum', 'last_over_time → min_over_time', '1 → 0.8', '1 → 1.25'],
    reason: unusedValue,
  },
  {
    rule: 'TargetMissing',
    changes: [everySource],
    reason: 'The join on `job` only compares jobs that the left operand selects.',
  },
  {
    rule: 'ScrapeNearSampleLimit',
    changes: ['0 → 1'],
    reason: 'No target has a limit of one sample.',
  },
  { rule: 'ScrapeSlow', changes: [everySource], reason: sameJob },
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
  { rule: 'CertificateExpiring', changes: ['max → min'], reason: unusedValue },
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
    reason: 'Both sides are whole numbers. A difference of 0.2 does not change their comparison.',
  },
  {
    rule: 'ThanosSamplesRefused',
    changes: ['0 → 1'],
    reason:
      'The counter starts with the first refusal. Each later refusal adds at least one sample, and `increase` extrapolates one sample to more than 1.',
  },
  { rule: 'ThanosSamplesRefused', changes: ['sum → max'], reason: unusedValue },
  {
    rule: 'ThanosQueriesSlow',
    changes: ['rate → increase'],
    reason: 'A quantile depends on the proportions of the buckets only.',
  },
  {
    rule: 'ThanosRulerIdle',
    changes: ['sum → max', 'rate → increase'],
    reason:
      'The rule compares with 0. The sum, the maximum, the rate and the increase are 0 in the same cases.',
  },
  { rule: 'ThanosObjectStoreFailing', changes: [everyProgram], reason: sameJob },
  ...[
    {
      rule: 'RuleGroupSlow',
      changes: [widerJob('job=~"kube-prometheus-stack-prometheus|thanos-ruler-operated…')],
    },
    { rule: 'PrometheusSeriesGrowing', changes: [ofCentral] },
    {
      rule: 'DiskFilling',
      changes: [
        'fstype!~"tmpfs|ramfs|overlay|squashfs|fuse.*" → fstype=~".*"',
        'mountpoint!~"/run.*" → mountpoint=~".*"',
      ],
    },
    { rule: 'EdgeClusterSilent', changes: ['role="edge" → role=~".*"'] },
    { rule: 'RemoteWriteFailing', changes: [ofAgents] },
    { rule: 'RemoteWriteShardsSaturated', changes: [ofAgents] },
    { rule: 'RemoteWriteSamplesDropped', changes: [ofAgents, 'reason!="dropped_series" → reason=~".*"'] },
    { rule: 'cluster:remote_write_lag:seconds', changes: [ofAgents] },
    { rule: 'PushgatewayRestarted', changes: [widerJob('job="pushgateway"')] },
  ].map((one) => ({ ...one, reason: repeated })),
  ...errorBudgets,
  {
    rule: 'ErrorBudgetLow',
    changes: ['< → <='],
    reason: `At the limit, 777.6 bad evaluations are counted. ${wholeNumbers}`,
  },
  ...burnRates('FreshnessSlo', 'freshness'),
  ...burnRates('PushSlo', 'push'),
  ...burnRates('ExporterSlo', 'exporter'),
  ...['PrometheusWalDamaged', 'AgentWalDamaged'].map((rule) => ({
    rule,
    changes: ['increase → rate'],
    reason:
      'The rate is above 0 exactly when the increase is above 0, and no text of the alert shows the value.',
  })),
  {
    rule: 'PrometheusStoresNothing',
    changes: ['max → min'],
    reason: 'The function absent_over_time returns at most one series.',
  },
  { rule: 'AlertsDropped', changes: ['sum → max'], reason: oneSeries },
  { rule: 'NotificationsFailing', changes: ['sum → max'], reason: oneSeries },
  {
    rule: 'DiskFilling',
    changes: ['< → <=', '1 → 0.8', '1 → 1.25'],
    reason: 'The prediction of a disk that fills up is not a number of bytes between 0 and 1.25, except 0.',
  },
  {
    rule: 'EdgeClusterSilent',
    changes: ['group → sum'],
    reason: 'Each group has one series with the value 1.',
  },
  {
    rule: 'PushgatewayRestarted',
    changes: ['group → sum'],
    reason: 'The operator `and` ignores the values of its right operand.',
  },
  {
    rule: 'PushgatewayRestarted',
    changes: ['(job) → ()'],
    reason: 'Both operands select the same single job.',
  },
  {
    rule: 'PushGroupAbandoned',
    changes: ['> → >='],
    reason: 'If the two times are equal, both sides of `or` have the same value.',
  },
  ...[
    ['cluster:up:age_seconds', 'cluster!="" → cluster=~".*"'],
    ['cluster:nats_varz_connections:age_seconds', 'cluster!="" → cluster=~".*"'],
  ].map(([rule = '', change = '']) => ({
    rule,
    changes: [change],
    reason: 'The rule keeps only configured clusters, and every configured cluster has a name.',
  })),
  ...['cluster:up:age_seconds', 'cluster:nats_varz_connections:age_seconds'].map((rule) => ({
    rule,
    changes: ['5m → 150s'],
    reason: 'A step that is shorter than the lookback delta of Prometheus finds the same samples.',
  })),
];

/** The reason why a mutant may survive; undefined if the mutant must be killed. */
export const explanationOf = ({ rule, change }: Pick<Mutant, 'rule' | 'change'>): string | undefined =>
  explanations.find((one) => one.rule === rule && one.changes.includes(change))?.reason;
