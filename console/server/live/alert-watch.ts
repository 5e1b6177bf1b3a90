import type { AlertmanagerAlert, AlertmanagerApi } from '../../../verify/alertmanager-api.ts';
import type { AlertsApi, PrometheusAlert } from '../../../verify/alerts-api.ts';
import type { ActiveAlert, ActiveAlerts, AlertRule, Incident, Silence, Stale } from '../../alerting.ts';
import type { Controls } from '../../controls.ts';
import { includes } from '../incidents/labels.ts';
import { lookUp } from '../incidents/lookups.ts';
import type { ReceivedNotification } from '../incidents/received-notifications.ts';
import { IncidentRecorder } from '../incidents/recorder.ts';
import { causesOf } from '../incidents/suppression.ts';
import { rulesOf } from './alert-rules.ts';
import type { LiveHub } from './hub.ts';
import { poll } from './poll.ts';

const pollMs = 1000;
/** The recorded end of a fault can be late by this number of milliseconds. */
const faultPollMs = 200;
const rulesMaxAgeMs = 60_000;
const rulesMaxAgeWatchedMs = 10_000;
const rulesMaxAgeUnknownMs = 1000;
const defaultIntervalMs = 60_000;
const liveIncidents = 50;
const maxSilences = 200;

export interface AlertSources {
  readonly controls: Controls;
  readonly prometheus: AlertsApi;
  readonly alertmanager: AlertmanagerApi;
  readonly runbooks: () => Promise<ReadonlySet<string>>;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Records incidents. Without an open page, the class polls Alertmanager only during an alert. */
export class AlertWatch {
  readonly #hub: LiveHub;
  readonly #sources: AlertSources;
  readonly #recorder: IncidentRecorder;
  #rules: readonly AlertRule[] = [];
  #rulesAt = 0;
  #processStart: number | undefined;
  #alerts: readonly PrometheusAlert[] = [];
  #statuses: readonly AlertmanagerAlert[] = [];
  #silences: readonly Silence[] = [];
  #prometheus: { readonly at?: number; readonly error?: string } = {};
  #alertmanager: { readonly at?: number; readonly error?: string } = {};

  constructor(hub: LiveHub, sources: AlertSources, since = Date.now()) {
    this.#hub = hub;
    this.#sources = sources;
    this.#recorder = new IncidentRecorder({
      since,
      intervalMsOf: (alert) => {
        const rule = this.#rules.find((candidate) => candidate.alert === alert);
        return rule ? rule.intervalSeconds * 1000 : defaultIntervalMs;
      },
    });
  }

  run(signal: AbortSignal): void {
    void poll(pollMs, signal, () => this.readPrometheus());
    void poll(pollMs, signal, async () => {
      const isNeeded = this.#hub.watched || this.#alerts.length > 0 || this.#statuses.length > 0;
      if (isNeeded) await this.readAlertmanager();
    });
    const { faults } = this.#sources.controls;
    if (!faults) return;
    void poll(faultPollMs, signal, () => {
      if (this.#recorder.faults(faults.list(), Date.now())) this.#publishIncidents();
    });
  }

  get rules(): readonly AlertRule[] {
    return this.#rules;
  }

  get incidents(): readonly Incident[] {
    return this.#recorder.incidents;
  }

  get active(): ActiveAlerts {
    return {
      active: this.#alerts.map((alert) => this.#activeAlert(alert)),
      silences: this.#silences,
      ...stale('prometheus', this.#prometheus),
      ...stale('alertmanager', this.#alertmanager),
    };
  }

  notified(notifications: readonly ReceivedNotification[]): void {
    for (const notification of notifications) this.#recorder.notified(notification);
    this.#publishIncidents();
  }

  async readPrometheus(): Promise<void> {
    const { prometheus } = this.#sources;
    try {
      const alerts = await prometheus.active();
      const at = Date.now();
      const mayHaveRestarted = this.#prometheus.error !== undefined || this.#recorder.isMissing(alerts);
      if (this.#processStart === undefined || mayHaveRestarted) {
        this.#processStart = await prometheus.startedAt();
      }
      await this.#readRules(alerts);
      this.#recorder.observe({ at, processStart: this.#processStart, alerts });
      this.#alerts = alerts;
      this.#prometheus = { at };
      await this.#lookUp();
    } catch (error) {
      this.#recorder.lost();
      this.#prometheus = { ...this.#prometheus, error: messageOf(error) };
    }
    this.#publish();
  }

  async readAlertmanager(): Promise<void> {
    const { alertmanager } = this.#sources;
    try {
      const [statuses, silences] = await Promise.all([alertmanager.alerts(), alertmanager.silences()]);
      this.#statuses = statuses;
      this.#silences = silences
        .flatMap(({ status: { state }, ...silence }) => (state === 'expired' ? [] : [{ ...silence, state }]))
        .sort((one, other) => one.endsAt - other.endsAt)
        .slice(0, maxSilences);
      this.#recorder.suppressed(statuses);
      this.#alertmanager = { at: Date.now() };
    } catch (error) {
      this.#alertmanager = { ...this.#alertmanager, error: messageOf(error) };
    }
    this.#publish();
  }

  async #readRules(alerts: readonly PrometheusAlert[]): Promise<void> {
    const age = Date.now() - this.#rulesAt;
    const known = new Set(this.#rules.map(({ alert }) => alert));
    const isUnknown = alerts.some(({ labels }) => !known.has(labels.alertname ?? ''));
    const usual = this.#hub.watched ? rulesMaxAgeWatchedMs : rulesMaxAgeMs;
    if (age < (isUnknown ? rulesMaxAgeUnknownMs : usual)) return;
    const { prometheus, runbooks } = this.#sources;
    this.#rules = rulesOf(await prometheus.rules(), await runbooks());
    this.#rulesAt = Date.now();
    this.#hub.publish('alertRules', this.#rules);
  }

  async #lookUp(): Promise<void> {
    for (const lookup of this.#recorder.lookups) {
      const rule = this.#rules.find(({ alert }) => alert === lookup.alert);
      const found = rule
        ? await lookUp(this.#sources.prometheus, lookup, rule).catch((error) => new Error(messageOf(error)))
        : new Error(`Prometheus has no rule ${lookup.alert}.`);
      this.#recorder.answer(lookup, found);
    }
  }

  #activeAlert({ labels, state, value, activeAt, annotations }: PrometheusAlert): ActiveAlert {
    const status = this.#statuses.find((alert) => includes(alert.labels, labels));
    return {
      alert: labels.alertname ?? 'unnamed',
      labels,
      state,
      value,
      activeAt,
      severity: labels.severity ?? '',
      summary: annotations.summary ?? '',
      description: annotations.description ?? '',
      inhibitedBy: status ? causesOf(status, this.#statuses) : [],
      silencedBy: status?.status.silencedBy ?? [],
    };
  }

  #publish(): void {
    this.#hub.publish('alerts', this.active);
    this.#publishIncidents();
  }

  #publishIncidents(): void {
    this.#hub.publish('incidents', this.incidents.slice(0, liveIncidents));
  }
}

function stale<Name extends string>(
  name: Name,
  { at, error }: { readonly at?: number; readonly error?: string },
): { readonly [Program in Name]?: Stale } {
  if (error === undefined) return {};
  return { [name]: { error, ...(at !== undefined && { since: at }) } } as { [Program in Name]: Stale };
}
