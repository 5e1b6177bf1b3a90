import type { Labels } from '../../alerting.ts';
import type { FaultStatus } from '../../controls/faults.ts';
import { includes } from './labels.ts';

const keep = 200;
/** An alert that starts within this time after the end of a fault still belongs to the fault. */
const afterRestoreMs = 30_000;

/** One injection of a fault. Times are Unix times in milliseconds. */
export interface FaultWindow {
  readonly name: string;
  readonly alerts: FaultStatus['alerts'];
  readonly injectedAt: number;
  readonly restoredAt?: number;
}

/** Derives the start and the end of each fault from successive lists of faults. */
export class FaultHistory {
  /** Newest first. */
  #windows: readonly FaultWindow[] = [];

  /** Returns the faults that ended since the previous call. */
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

  /** The newest fault that raises the alert, and was active at `activeAt` or shortly before. */
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
