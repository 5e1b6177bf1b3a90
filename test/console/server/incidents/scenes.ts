import type { Incident, IncidentStep, Labels } from '../../../../console/alerting.ts';
import type { FaultStatus } from '../../../../console/controls/faults.ts';
import type { Lookup } from '../../../../console/server/incidents/lookups.ts';
import { IncidentRecorder } from '../../../../console/server/incidents/recorder.ts';
import type { AlertmanagerAlert } from '../../../../verify/alertmanager-api.ts';
import type { PrometheusAlert } from '../../../../verify/alerts-api.ts';

/**
 * Converts a time of a scene to Unix milliseconds.
 * @param seconds seconds since the start of the scene
 */
export const at = (seconds: number) => 1_000_000 + seconds * 1000;

const intervalSeconds = 5;
const consoleStart = at(-60);

export interface SceneAlert {
  readonly name?: string;
  readonly labels?: Labels;
  readonly state?: 'pending' | 'firing';
  readonly activeAt: number;
}

export const labelsOf = ({ name = 'Down', labels = {} }: Omit<SceneAlert, 'activeAt'>): Labels => ({
  alertname: name,
  severity: 'critical',
  ...labels,
});

const prometheusAlert = ({ activeAt, state = 'pending', ...alert }: SceneAlert): PrometheusAlert => ({
  labels: labelsOf(alert),
  annotations: { summary: 'It is down.' },
  state,
  activeAt: at(activeAt),
  value: '0',
});

/** A fault that causes the alert `Down`. */
export function fault(injectedAt?: number, labels?: Labels): FaultStatus {
  return {
    name: 'kill',
    title: '',
    description: '',
    alerts: [{ alert: 'Down', ...(labels && { labels }) }],
    breaks: [],
    injected: injectedAt !== undefined,
    ...(injectedAt !== undefined && { injectedAt: at(injectedAt) }),
  };
}

/** Sends events to an incident recorder. Times in parameters are seconds since the start of the scene. */
export class Scene {
  readonly recorder = new IncidentRecorder({
    since: consoleStart,
    intervalMsOf: () => intervalSeconds * 1000,
  });
  #processStart = 0;

  /** Prometheus answers with these alerts. */
  read(seconds: number, ...alerts: readonly SceneAlert[]): void {
    const found = alerts.map(prometheusAlert);
    this.recorder.observe({ at: at(seconds), processStart: at(this.#processStart), alerts: found });
  }

  restartPrometheus(seconds: number): void {
    this.#processStart = seconds;
  }

  faults(seconds: number, ...list: readonly FaultStatus[]): void {
    this.recorder.faults(list, at(seconds));
  }

  notify(seconds: number, status: 'firing' | 'resolved', startsAt: number, labels: Labels = {}): void {
    const all = { ...labelsOf({ labels }), external: 'laptop' };
    this.recorder.notified({ receivedAt: at(seconds), status, labels: all, startsAt: at(startsAt) });
  }

  suppressed(...alerts: readonly Partial<AlertmanagerAlert>[]): void {
    this.recorder.suppressed(
      alerts.map((alert) => ({
        fingerprint: '',
        labels: {},
        startsAt: 0,
        status: { state: 'active', inhibitedBy: [], silencedBy: [] },
        ...alert,
      })),
    );
  }

  lookup(step: IncidentStep): Lookup {
    const found = this.recorder.lookups.find((lookup) => lookup.step === step);
    if (!found) throw new Error(`The recorder does not look up ${step}.`);
    return found;
  }

  found(step: IncidentStep, seconds: number | null | Error): void {
    this.recorder.answer(this.lookup(step), typeof seconds === 'number' ? at(seconds) : seconds);
  }

  get incidents(): readonly Incident[] {
    return this.recorder.incidents;
  }

  get incident(): Incident {
    const [incident, ...others] = this.incidents;
    if (!incident || others.length > 0) throw new Error(`There are ${this.incidents.length} incidents.`);
    return incident;
  }

  /** The time of each step, in seconds since the start of the scene. */
  times(incident = this.incident): Partial<Record<IncidentStep, number | null>> {
    return Object.fromEntries(
      Object.entries(incident.times).map(([step, time]) => [
        step,
        time === null ? null : (time - at(0)) / 1000,
      ]),
    );
  }
}
