import type { Draft } from './incident.ts';
import type { Lookup } from './lookups.ts';

const longestMs = 15 * 60_000;
const shortestMs = 60_000;
const maxAttempts = 5;

/** Lookups that have no result yet. The caller must run each lookup and pass the result to `answer`. */
export class LookupQueue {
  readonly #intervalMsOf: (alert: string) => number;
  #entries: readonly { readonly lookup: Lookup; readonly attempts: number }[] = [];

  constructor(intervalMsOf: (alert: string) => number) {
    this.#intervalMsOf = intervalMsOf;
  }

  get lookups(): readonly Lookup[] {
    return this.#entries.map(({ lookup }) => lookup);
  }

  /** @param previousEnd Unix time in milliseconds; 0 without a previous incident of the alert */
  addConditionTrue(draft: Draft, previousEnd: number): void {
    const { fault, activeAt } = draft;
    const earliest = fault?.injectedAt ?? activeAt - this.#back(draft);
    const from = Math.max(earliest, previousEnd, activeAt - longestMs);
    this.#add(draft, { step: 'conditionTrue', from, to: activeAt, activeAt, first: fault !== undefined });
  }

  addFiring(draft: Draft, at: number): void {
    const isKnown = this.lookups.some(({ incident, step }) => incident === draft.id && step === 'firing');
    const { activeAt } = draft;
    if (!isKnown) this.#add(draft, { step: 'firing', from: activeAt, to: at, activeAt, first: true });
  }

  addConditionFalse(draft: Draft, endedAt: number): void {
    const { startedAt, seenAt } = draft;
    const from = Math.max(startedAt, seenAt - this.#back(draft), endedAt - longestMs);
    this.#add(draft, { step: 'conditionFalse', from, to: endedAt, activeAt: seenAt, first: false });
  }

  /** @returns `null` if the time stays unknown; undefined if the queue keeps the lookup */
  answer(lookup: Lookup, found: number | null | Error): number | null | undefined {
    const asked = this.#entries.find((entry) => entry.lookup === lookup);
    const attempts = (asked?.attempts ?? 0) + 1;
    const isAgain = found instanceof Error && attempts < maxAttempts;
    this.#entries = this.#entries.flatMap((entry) => {
      if (entry !== asked) return [entry];
      return isAgain ? [{ lookup, attempts }] : [];
    });
    if (isAgain) return undefined;
    return found instanceof Error ? null : found;
  }

  #back({ alert }: Draft): number {
    return Math.max(shortestMs, 4 * this.#intervalMsOf(alert));
  }

  #add({ id, alert, labels }: Draft, wanted: Omit<Lookup, 'incident' | 'alert' | 'labels'>): void {
    this.#entries = [...this.#entries, { lookup: { incident: id, alert, labels, ...wanted }, attempts: 0 }];
  }
}
