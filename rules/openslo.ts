import { recorded } from '../metrics/definitions/recorded.ts';
import { count, type Expression, render, select, sum } from '../metrics/promql.ts';
import { sloProblems } from './check-slos.ts';
import { type BurnWindow, burnWindows, type Slo, sloPeriod, slos } from './slo.ts';
import { textFor } from './text.ts';
import { percent } from './threshold.ts';

/** An object of the OpenSLO specification, version 1 (https://openslo.com). */
export interface OpenSloObject {
  readonly apiVersion: 'openslo/v1';
  readonly kind: 'Service' | 'SLO' | 'AlertPolicy' | 'AlertCondition' | 'AlertNotificationTarget';
  readonly metadata: {
    /** DNS label. */
    readonly name: string;
    /** At most 63 characters. */
    readonly displayName?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: object;
}

const object = (
  kind: OpenSloObject['kind'],
  metadata: OpenSloObject['metadata'],
  spec: object,
): OpenSloObject => ({ apiVersion: 'openslo/v1', kind, metadata, spec });

const service = 'metrics-pipeline';
const receiver = 'alertmanager';

const burns = Object.entries(burnWindows).flatMap(([speed, windows]) =>
  Object.values<BurnWindow>(windows).map((window) => ({
    name: `burning-${speed}-${window.long.production}`,
    severity: speed === 'fast' ? 'critical' : 'warning',
    window,
  })),
);

/**
 * Returns the objectives as OpenSLO objects.
 * @throws Error that lists all mistakes in `objectives`
 */
export function openSloObjects(objectives: readonly Slo[] = slos): readonly OpenSloObject[] {
  const problems = sloProblems(objectives);
  if (problems.length > 0) {
    const lines = problems.map(({ setting, message }) => `  ${setting} ${message}`);
    throw new Error(`The objectives have mistakes. Correct them:\n${lines.join('\n')}`);
  }
  return [
    object(
      'Service',
      { name: service, displayName: 'Metrics pipeline' },
      { description: 'The pipeline that brings metrics to the central Prometheus.' },
    ),
    object('AlertNotificationTarget', { name: receiver }, { target: receiver }),
    ...burns.flatMap(burnObjects),
    ...objectives.map(sloObject),
  ];
}

function burnObjects({ name, severity, window }: (typeof burns)[number]): readonly OpenSloObject[] {
  const { factor, long, short }: BurnWindow = window;
  const description = `The error budget is spent more than ${factor} times too fast. Prometheus also compares the last ${short.production}; the alert therefore resolves soon after the end of the fault.`;
  return [
    object(
      'AlertCondition',
      { name },
      {
        description,
        severity,
        condition: { kind: 'burnrate', op: 'gt', threshold: factor, lookbackWindow: long.production },
      },
    ),
    object(
      'AlertPolicy',
      { name },
      {
        description,
        alertWhenBreaching: true,
        alertWhenResolved: true,
        conditions: [{ conditionRef: name }],
        notificationTargets: [{ targetRef: receiver }],
      },
    ),
  ];
}

function sloObject({ name, promise, objective, dashboard }: Slo): OpenSloObject {
  const bad = select(recorded.sloBad, { slo: name });
  const events = (query: Expression) => ({
    metricSource: { type: 'Prometheus', spec: { query: render(query) } },
  });
  const sentence = textFor(promise, 'production');
  const description = `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
  return object(
    'SLO',
    { name, displayName: `The ${name} objective`, annotations: { dashboard } },
    {
      description,
      service,
      indicator: {
        metadata: { name: `${name}-evaluations` },
        spec: {
          description,
          ratioMetric: { counter: false, bad: events(sum(bad)), total: events(count(bad)) },
        },
      },
      timeWindow: [{ duration: sloPeriod.production, isRolling: true }],
      budgetingMethod: 'Occurrences',
      objectives: [{ displayName: percent(objective), target: objective }],
      alertPolicies: burns.map((burn) => ({ alertPolicyRef: burn.name })),
    },
  );
}
