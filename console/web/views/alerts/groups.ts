import type { ActiveAlert, AlertRule, Labels } from '../../../alerting.ts';

export interface AlertFilter {
  /** Words to search in name, summary, description and label values of the alerts. Empty: all alerts. */
  readonly text: string;
  /** Empty: all severities. */
  readonly severity: string;
}

export interface AlertNode {
  readonly alert: ActiveAlert;
  readonly inhibits: readonly AlertNode[];
}

export interface AlertGroups {
  readonly firing: readonly AlertNode[];
  readonly pending: readonly AlertNode[];
  readonly inactive: readonly AlertRule[];
}

const severities = ['critical', 'warning', 'info'];

function bySeverity(one: { readonly severity: string }, other: { readonly severity: string }): number {
  const rank = (severity: string) => (severities.indexOf(severity) + 4) % 4;
  return rank(one.severity) - rank(other.severity);
}

/** Returns a text that identifies the labels. The order of the labels does not change the text. */
export function labelsKey(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort());
}

/** Groups alerts by state. An inhibited alert is below the first active alert that inhibits it. */
export function groupsOf(
  rules: readonly AlertRule[],
  active: readonly ActiveAlert[],
  filter: AlertFilter,
): AlertGroups {
  const causes = new Map(active.flatMap((alert) => causeOf(alert, active)));
  const top = active.filter((alert) => !isBelow(alert, causes));
  const nodeOf = (alert: ActiveAlert): AlertNode => ({
    alert,
    inhibits: active
      .filter((other) => causes.get(other) === alert)
      .map((other) => (top.includes(other) ? { alert: other, inhibits: [] } : nodeOf(other))),
  });
  const roots = top.map(nodeOf);
  const selected = roots.filter((node) => isSelected(node, filter));
  const names = new Set(active.map(({ alert }) => alert));
  const inState = (state: ActiveAlert['state']) =>
    selected
      .filter(({ alert }) => alert.state === state)
      .sort((one, other) => bySeverity(one.alert, other.alert) || one.alert.activeAt - other.alert.activeAt);
  return {
    firing: inState('firing'),
    pending: inState('pending'),
    inactive: rules
      .filter((rule) => !names.has(rule.alert) && matches(rule, filter))
      .sort((one, other) => bySeverity(one, other) || one.alert.localeCompare(other.alert)),
  };
}

function causeOf(
  alert: ActiveAlert,
  active: readonly ActiveAlert[],
): readonly (readonly [ActiveAlert, ActiveAlert])[] {
  for (const { labels = {} } of alert.inhibitedBy) {
    // `labels` comes from Alertmanager, and also has the external labels of Prometheus.
    const cause = active.find(
      (other) =>
        other !== alert && Object.entries(other.labels).every(([name, value]) => labels[name] === value),
    );
    if (cause) return [[alert, cause]];
  }
  return [];
}

/** Two alerts that inhibit each other stay at the top level. */
function isBelow(alert: ActiveAlert, causes: ReadonlyMap<ActiveAlert, ActiveAlert>): boolean {
  const seen = new Set<ActiveAlert>();
  let cause = causes.get(alert);
  if (!cause) return false;
  while (cause && cause !== alert && !seen.has(cause)) {
    seen.add(cause);
    cause = causes.get(cause);
  }
  return cause !== alert;
}

function isSelected({ alert, inhibits }: AlertNode, filter: AlertFilter): boolean {
  return matches(alert, filter) || inhibits.some((node) => isSelected(node, filter));
}

function matches(alert: ActiveAlert | AlertRule, { text, severity }: AlertFilter): boolean {
  if (severity !== '' && alert.severity !== severity) return false;
  const searched = [alert.alert, alert.summary, alert.description, ...Object.values(alert.labels)]
    .join(' ')
    .toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => searched.includes(word));
}
