import type { Incident } from '../../console/alerting.ts';
import type { ExpectedAlert } from '../../console/controls/faults.ts';
import { asked, runbookQueries } from '../../drill/runbook-queries.ts';
import type { DrillFault, DrillTarget } from '../../drill/target.ts';
import type { Series } from '../../verify/prometheus-api.ts';

/** An alert that the fake pipeline raises after the injection of a fault. */
export interface FakeAlert extends ExpectedAlert {
  readonly pendingAfter?: number;
  /** Milliseconds from the injection until the alert fires. Default: 10. `null`: the alert never fires. */
  readonly firingAfter?: number | null;
  /** Milliseconds from the injection until the notification. Default: 15. `null`: no notification. */
  readonly notifiedAfter?: number | null;
  readonly endsAfter?: number | null;
  readonly endIsNotified?: boolean;
  readonly inhibitedBy?: readonly ExpectedAlert[];
}

export interface FakeFault extends Partial<DrillFault> {
  readonly name: string;
  readonly alerts: readonly ExpectedAlert[];
  readonly raises?: readonly FakeAlert[];
  readonly refusesInjection?: string;
  readonly refusesRestore?: string;
  readonly runbookQueryShows?: 'never' | 'after the injection';
}

interface State {
  readonly fault: FakeFault;
  readonly injectedAt: number;
  restoredAt?: number;
}

export class FakeTarget implements DrillTarget {
  readonly title = 'the fake system';
  readonly profile = 'laptop';
  readonly limits = {
    quiet: 0.4,
    detection: 0.4,
    resolution: 0.4,
    runbookQuery: 0.2,
    aftermath: 5,
    silence: 0.1,
  };
  readonly actions: string[] = [];
  readonly injected = new Set<string>();
  readonly background = [{ alert: 'BatchRunFailed', labels: { job: 'usual' } }];
  /** If set, every query fails with this error message. */
  dead: string | undefined;
  gone = false;
  readonly #faults: readonly FakeFault[];
  readonly #states: State[] = [];
  onInject: (fault: string) => void = () => {};

  constructor(faults: readonly FakeFault[]) {
    this.#faults = faults;
  }

  async faults(): Promise<readonly DrillFault[]> {
    return this.#faults.map((fault) => ({ title: fault.name, injected: false, ...fault }));
  }

  async inject(name: string): Promise<number> {
    const fault = this.#find(name);
    this.actions.push(`inject ${name}`);
    if (fault.refusesInjection) throw new Error(fault.refusesInjection);
    this.injected.add(name);
    const injectedAt = Date.now();
    this.#states.push({ fault, injectedAt });
    this.onInject(name);
    return injectedAt;
  }

  async restore(name: string): Promise<number> {
    const fault = this.#find(name);
    this.actions.push(`restore ${name}`);
    if (fault.refusesRestore) throw new Error(fault.refusesRestore);
    this.injected.delete(name);
    const restoredAt = Date.now();
    for (const state of this.#states) if (state.fault.name === name) state.restoredAt ??= restoredAt;
    return restoredAt;
  }

  async incidents(): Promise<readonly Incident[]> {
    return this.#states.flatMap((state, index) => this.#incidentsOf(state, index));
  }

  async rule(alert: string) {
    return { expr: `condition_of_${alert}`, forSeconds: 0 };
  }

  async query(expr: string): Promise<readonly Series[]> {
    if (this.dead !== undefined) throw new Error(this.dead);
    const active = (await this.incidents()).filter(({ state }) => state === 'pending' || state === 'firing');
    const condition = /^condition_of_(\w+)$/.exec(expr)?.[1];
    if (condition) {
      return active
        .filter(({ alert }) => alert === condition)
        .map(({ labels }) => ({ metric: labels, value: [0, '7'] }));
    }
    const shows = this.#states.some(
      ({ fault, restoredAt }) =>
        fault.runbookQueryShows !== 'never' &&
        (fault.runbookQueryShows === 'after the injection' || restoredAt === undefined) &&
        fault.alerts.some((alert) => {
          const query = runbookQueries[alert.alert];
          return query && asked(query, alert, 'laptop').expr === expr;
        }),
    );
    const byNothing = Object.values(runbookQueries).some(
      ({ query, duringFault }) => duringFault === 'nothing' && query === expr,
    );
    return shows === byNothing ? [] : [{ metric: { __name__: 'key' }, value: [0, '1'] }];
  }

  async isGone(): Promise<boolean> {
    return this.gone;
  }

  #incidentsOf({ fault, injectedAt, restoredAt }: State, index: number): readonly Incident[] {
    const now = Date.now();
    const passed = (from: number | undefined, after: number | null) =>
      from !== undefined && after !== null && now >= from + after ? from + after : undefined;
    return (fault.raises ?? fault.alerts).flatMap((raised: FakeAlert): readonly Incident[] => {
      const { alert, labels = {}, inhibitedBy = [], endIsNotified = true } = raised;
      const { pendingAfter = 5, firingAfter = 10, notifiedAfter = 15, endsAfter = 5 } = raised;
      const pending = passed(injectedAt, pendingAfter);
      if (pending === undefined) return [];
      const firing = passed(injectedAt, firingAfter);
      const notified = passed(injectedAt, notifiedAfter);
      const ended = passed(restoredAt, endsAfter);
      const times = {
        conditionTrue: pending,
        pending,
        ...(firing !== undefined && { firing }),
        ...(notified !== undefined && { notified }),
        ...(ended !== undefined && { conditionFalse: ended, resolved: ended }),
      };
      const open = firing === undefined ? 'pending' : 'firing';
      return [
        {
          id: `${fault.name}-${index}-${alert}-${JSON.stringify(labels)}`,
          alert,
          labels: { alertname: alert, ...labels },
          severity: 'warning',
          summary: `${alert} is active.`,
          state: ended === undefined ? open : notified === undefined || !endIsNotified ? 'ended' : 'resolved',
          times,
          seconds: {},
          total: {},
          inhibitedBy,
          silencedBy: [],
          gaps: [],
        },
      ];
    });
  }

  #find(name: string): FakeFault {
    const fault = this.#faults.find((candidate) => candidate.name === name);
    if (!fault) throw new Error(`no fault ${name}`);
    return fault;
  }
}

export function fakeFault(name: string, alert: string, rest: Partial<FakeFault> = {}): FakeFault {
  return { name, area: name, alerts: [{ alert }], ...rest };
}
