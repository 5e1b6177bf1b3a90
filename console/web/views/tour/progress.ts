import { signal } from '@preact/signals';
import { steps } from '../../../tour/acts.ts';
import { afterAction, dueCheck, type Progress } from '../../../tour/due-check.ts';
import type { Step } from '../../../tour/step.ts';
import { call } from '../../api.ts';
import { live, scrapeInterval } from '../../live.ts';
import { query } from '../../prometheus.ts';
import { otherFaults } from './other-faults.ts';
import { perform } from './perform.ts';
import { storedSignal } from './stored.ts';

const checkEveryMs = 1000;

export const progress = storedSignal<Progress>('tour-progress', {});

export type ActionState =
  | { readonly kind: 'running' }
  | { readonly kind: 'succeeded'; readonly text: string }
  | { readonly kind: 'failed'; readonly problem: string };

export const actions = signal<Readonly<Record<string, ActionState>>>({});

/** Why a step has no check mark (✓) yet. */
export type Finding =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'late' }
  | { readonly kind: 'unreachable'; readonly problem: string };

export const findings = signal<Readonly<Record<string, Finding>>>({});

/** Deletes the check marks (✓) of all steps. The pipeline does not change. */
export function resetProgress(): void {
  progress.value = {};
  actions.value = {};
  findings.value = {};
}

/** If the action fails, the step shows the reason, and `progress` stays unchanged. */
export async function act({ id, action }: Step): Promise<void> {
  if (!action || actions.value[id]?.kind === 'running') return;
  if (otherFaults(action, live.faults.value).some(({ blocks }) => blocks)) return;
  const report = (state: ActionState) => {
    actions.value = { ...actions.value, [id]: state };
  };
  report({ kind: 'running' });
  const started = Date.now();
  try {
    const text = await perform(action, call);
    const all = steps.map(({ step }) => step);
    progress.value = afterAction(progress.value, all, id, started);
    const waiting = all.filter(({ check }) => check.after === id).map((step) => step.id);
    findings.value = Object.fromEntries(
      Object.entries(findings.value).filter(([name]) => !waiting.includes(name)),
    );
    report({ kind: 'succeeded', text });
  } catch (error) {
    report({ kind: 'failed', problem: error instanceof Error ? error.message : String(error) });
  }
}

export function forgetFailure(id: string): void {
  if (actions.peek()[id]?.kind !== 'failed') return;
  const { [id]: _, ...others } = actions.peek();
  actions.value = others;
}

/** Every second, checks the open step and all steps with `check.after`, until `signal` aborts. */
export async function keepChecking(open: () => Step, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const waiting = steps
      .map(({ step }) => step)
      .filter((step) => step.id === open().id || step.check.after !== undefined);
    await Promise.all(waiting.map((step) => check(step, signal)));
    await new Promise((resolve) => setTimeout(resolve, checkEveryMs));
  }
}

export async function check(step: Step, signal: AbortSignal): Promise<void> {
  if (findings.value[step.id]?.kind === 'late') return;
  const due = dueCheck(step, progress.value, Date.now(), scrapeInterval());
  if (!due) return;
  const startOfAction = progress.value[step.check.after ?? '']?.acted;
  const found = await query(due.expr, signal, due.at).then(
    ({ series }) => series.length > 0,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  // The result is ignored if the user has repeated the action during the query.
  if (signal.aborted || startOfAction !== progress.value[step.check.after ?? '']?.acted) return;
  if (found === true) {
    progress.value = { ...progress.value, [step.id]: { ...progress.value[step.id], done: Date.now() } };
    return;
  }
  const finding: Finding =
    typeof found === 'string'
      ? { kind: 'unreachable', problem: found }
      : { kind: due.last ? 'late' : 'waiting' };
  findings.value = { ...findings.value, [step.id]: finding };
}
