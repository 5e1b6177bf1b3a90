import type { AlertmanagerAlert } from '../../../verify/alertmanager-api.ts';
import type { ExpectedAlert } from '../../controls/faults.ts';
import type { Draft } from './incident.ts';
import { includes, keyOf } from './labels.ts';

export function suppress(draft: Draft, alerts: readonly AlertmanagerAlert[]): void {
  const alert = alerts.find(({ labels }) => includes(labels, draft.labels));
  if (!alert) return;
  const causes = causesOf(alert, alerts);
  const isNew = (cause: ExpectedAlert) =>
    !draft.inhibitedBy.some((known) => known.alert === cause.alert && isSameLabels(known, cause));
  if (causes.some(isNew)) draft.inhibitedBy = [...draft.inhibitedBy, ...causes.filter(isNew)];
  const silences = alert.status.silencedBy.filter((id) => !draft.silencedBy.includes(id));
  if (silences.length > 0) draft.silencedBy = [...draft.silencedBy, ...silences];
}

const isSameLabels = (one: ExpectedAlert, other: ExpectedAlert) =>
  keyOf(one.labels ?? {}) === keyOf(other.labels ?? {});

/** The alerts that inhibit this alert. */
export function causesOf(
  { status }: AlertmanagerAlert,
  all: readonly AlertmanagerAlert[],
): readonly ExpectedAlert[] {
  return status.inhibitedBy.flatMap((fingerprint) => {
    const cause = all.find((alert) => alert.fingerprint === fingerprint);
    return cause ? [{ alert: cause.labels.alertname ?? 'unnamed', labels: cause.labels }] : [];
  });
}
