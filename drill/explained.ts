import type { Incident } from '../console/alerting.ts';
import type { ExpectedAlert } from '../console/controls/faults.ts';
import type { DrillFault } from './target.ts';

type Labels = Readonly<Record<string, string>>;

/** Whether an alert with these labels is the expected alert. The alert can have more labels than the expected alert. */
export function isExpected(
  { alert, labels: wanted = {} }: ExpectedAlert,
  name: string,
  labels: Labels,
): boolean {
  return alert === name && Object.entries(wanted).every(([label, value]) => labels[label] === value);
}

/** Alerts that a fault explains: its expected alerts and its declared consequences. */
const explainedBy = ({ alerts, allowed = [] }: DrillFault): readonly ExpectedAlert[] => [
  ...alerts,
  ...allowed,
];

/**
 * Whether a fault explains an alert. A fault also explains an alert that Alertmanager inhibits because of an explained
 * alert.
 */
export function explains(fault: DrillFault, incident: Incident): boolean {
  const { alert, labels } = incident;
  return (
    explainedBy(fault).some((expected) => isExpected(expected, alert, labels)) ||
    isInhibitedBy(fault, incident)
  );
}

/** Whether Alertmanager inhibits an alert because of an alert that the fault explains. */
export const isInhibitedBy = (fault: DrillFault, { inhibitedBy }: Incident): boolean =>
  inhibitedBy.some(({ alert, labels = {} }) =>
    explainedBy(fault).some((expected) => isExpected(expected, alert, labels)),
  );

/** Whether the same alert could belong to both: the names are equal, and no label has two values. */
function canBeSame(one: ExpectedAlert, other: ExpectedAlert): boolean {
  const labels = other.labels ?? {};
  return (
    one.alert === other.alert &&
    Object.entries(one.labels ?? {}).every(
      ([name, value]) => labels[name] === undefined || labels[name] === value,
    )
  );
}

/**
 * Whether two faults cannot be drilled at the same time, because the same alert could come from either fault, or
 * because one fault disturbs the other.
 */
export function conflict(one: DrillFault, other: DrillFault): boolean {
  if (one.alone || other.alone || one.area === other.area) return true;
  return explainedBy(one).some((alert) => explainedBy(other).some((second) => canBeSame(alert, second)));
}

/** An alert with its labels, as text. */
export function alertText({ alert, labels = {} }: ExpectedAlert): string {
  const list = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return list.length > 0 ? `${alert}{${list.join(', ')}}` : alert;
}
