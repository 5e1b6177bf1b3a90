import type { Incident } from '../console/alerting.ts';
import type { ExpectedAlert } from '../console/controls/faults.ts';
import type { DrillFault } from './target.ts';

type Labels = Readonly<Record<string, string>>;

/** Whether an alert has the expected name and labels. The alert may have more labels. */
export function isExpected(
  { alert, labels: wanted = {} }: ExpectedAlert,
  name: string,
  labels: Labels,
): boolean {
  return alert === name && Object.entries(wanted).every(([label, value]) => labels[label] === value);
}

const explainedBy = ({ alerts, allowed = [] }: DrillFault): readonly ExpectedAlert[] => [
  ...alerts,
  ...allowed,
];

export function explains(fault: DrillFault, incident: Incident): boolean {
  const { alert, labels } = incident;
  return (
    explainedBy(fault).some((expected) => isExpected(expected, alert, labels)) ||
    isInhibitedBy(fault, incident)
  );
}

export const isInhibitedBy = (fault: DrillFault, { inhibitedBy }: Incident): boolean =>
  inhibitedBy.some(({ alert, labels = {} }) =>
    explainedBy(fault).some((expected) => isExpected(expected, alert, labels)),
  );

/** Whether one alert could match both expected alerts. */
function canBeSame(one: ExpectedAlert, other: ExpectedAlert): boolean {
  const labels = other.labels ?? {};
  return (
    one.alert === other.alert &&
    Object.entries(one.labels ?? {}).every(
      ([name, value]) => labels[name] === undefined || labels[name] === value,
    )
  );
}

/** Whether two faults conflict. The drill injects conflicting faults one after the other. */
export function conflict(one: DrillFault, other: DrillFault): boolean {
  if (one.alone || other.alone || one.area === other.area) return true;
  return explainedBy(one).some((alert) => explainedBy(other).some((second) => canBeSame(alert, second)));
}

export function alertText({ alert, labels = {} }: ExpectedAlert): string {
  const list = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return list.length > 0 ? `${alert}{${list.join(', ')}}` : alert;
}
