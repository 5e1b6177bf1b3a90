import type { Labels } from '../../alerting.ts';
import type { FaultStatus } from '../../controls/faults.ts';
import { includes } from './labels.ts';

const keep = 200;
/**
 * Milliseconds after the end of a fault in which the fault can still cause an alert, because some expressions use older
 * samples.
 */
const afterRestoreMs = 30_000;

/** The time from the injection of a fault to its end, as Unix times in milliseconds. */
export interface FaultWindow {
  readonly name: string;
  readonly alerts: FaultStatus['alerts'];
  readonly injectedAt: number;
  readonly restoredAt?: number;
}

/**
 * The times at which faults were injected and have ended. The console reads the list of faults repeatedly, and this
 * class compares each list with the previous list.
 */
export class FaultHistory {
  /** Newest first. */
  #windows: readonly FaultWindow[] = [];

  /**
   * @param at Unix time in milliseconds of this list; a fault that is no longer injected counts as ended at this time
   * @returns the windows that ended after the previous list
   */
  update(faults: readonly FaultStatus[], at: number): readonly FaultWindow[] {
    const injectedAt = new Map(
      faults.filter(({ injected }) => injected).map((fault) => [fault.name, fault.injectedAt ?? at]),
    );
    const ended: FaultWindow[] = [];
    this.#windows = this.#windows.map((window) => {
      if (window.restoredAt !== undefined || injectedAt.get(window.name) === window.injectedAt) return window;
      const over = { ...window, restoredAt: at };
      ended.push(over);
      return over;
    });
    const isOpen = (name: string) =>
      this.#windows.some((window) => window.name === name && window.restoredAt === undefined);
    const opened = faults.flatMap(({ name, alerts }) => {
      const since = injectedAt.get(name);
      return since === undefined || isOpen(name) ? [] : [{ name, alerts, injectedAt: since }];
    });
    if (opened.length > 0) this.#windows = [...opened, ...this.#windows].slice(0, keep);
    return ended;
  }

  /**
   * The fault that caused an alert: the newest fault with this alert in its list. At `activeAt`, the fault was
   * injected, or had ended only shortly before.
   */
  causeOf(labels: Labels, activeAt: number): FaultWindow | undefined {
    const raises = ({ alerts }: FaultWindow) =>
      alerts.some(({ alert, labels: wanted = {} }) => alert === labels.alertname && includes(labels, wanted));
    return this.#windows.find(
      (window) =>
        raises(window) &&
        window.injectedAt <= activeAt &&
        activeAt <= (window.restoredAt ?? activeAt) + afterRestoreMs,
    );
  }
}
