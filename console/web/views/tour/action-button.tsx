import { useEffect } from 'preact/hooks';
import { actionText } from '../../../tour/action-text.ts';
import type { Step, TourAction } from '../../../tour/step.ts';
import { ActionError, useAction } from '../../action.tsx';
import { call } from '../../api.ts';
import { live, lostSince, now } from '../../live.ts';
import { type OtherFault, otherFaults } from './other-faults.ts';
import { isOffered } from './perform.ts';
import { act, actions, forgetFailure } from './progress.ts';

function faultTitle(name: string): string {
  return live.faults.value?.find((fault) => fault.name === name)?.title ?? name;
}

/** Other injected faults are listed, because they can prevent the action or hide its effect. */
export function ActionButton({ step }: { readonly step: Step }) {
  const { action, id } = step;
  const others = otherFaults(action, live.faults.value);
  const otherNames = others.map(({ name }) => name).join(' ');
  const isLost = lostSince.value !== undefined;
  useEffect(() => {
    forgetFailure(id);
    return () => forgetFailure(id);
  }, [id, otherNames, isLost]);
  const offered = live.offered.value;
  const warning = <OtherFaults faults={others} />;
  if (!action) return warning;
  if (offered && !isOffered(action, offered)) {
    return (
      <p class="quiet">
        This step needs the laptop pipeline: the console of {offered.place} does not offer "
        {actionText(action, faultTitle)}".
      </p>
    );
  }
  const state = actions.value[id];
  const isBlocked = others.some(({ blocks }) => blocks);
  return (
    <>
      {warning}
      <div class="tour-action">
        <button
          type="button"
          class="primary"
          disabled={state?.kind === 'running' || isBlocked}
          onClick={() => void act(step)}
        >
          {actionText(action, faultTitle)}
        </button>
        <span role="status">
          {state?.kind === 'running' && <span class="quiet">Running…</span>}
          {state?.kind === 'succeeded' && !('fault' in action) && <span class="quiet">{state.text}</span>}
          {state?.kind === 'failed' && <span class="tour-problem">The action failed: {state.problem}</span>}
        </span>
        {'fault' in action && <Injected step={step} action={action} />}
      </div>
    </>
  );
}

interface InjectedProps {
  readonly step: Step;
  readonly action: Extract<TourAction, { readonly fault: string }>;
}

function Injected({ step: { id }, action: { kind, fault } }: InjectedProps) {
  const status = live.faults.value?.find(({ name }) => name === fault);
  if (!status) return null;
  if (!status.injected) {
    if (actions.value[id]?.kind !== 'succeeded') return null;
    return (
      <span class="quiet">
        {kind === 'restore' ? 'The fault has ended.' : 'The injected fault has already ended.'}
      </span>
    );
  }
  const seconds = Math.max(0, Math.round((now.value - (status.injectedAt ?? now.value)) / 1000));
  return <span class="pill bad">injected for {seconds} s</span>;
}

function OtherFaults({ faults }: { readonly faults: readonly OtherFault[] }) {
  if (faults.length === 0) return null;
  return (
    <ul class="tour-other-faults" aria-label="Other faults">
      {faults.map((fault) => (
        <Other key={fault.name} fault={fault} />
      ))}
    </ul>
  );
}

function Other({ fault: { name, title, blocks } }: { readonly fault: OtherFault }) {
  const { busy, error, run } = useAction();
  return (
    <li>
      <span class="tour-other-fault" title={`Another fault is injected: ${title}.`}>
        Also injected: <b>{title}</b>
      </span>
      <button
        type="button"
        disabled={busy}
        onClick={() => run(() => call(`/api/faults/${name}`, { method: 'DELETE' }))}
      >
        End the fault
      </button>
      {blocks && (
        <span class="tour-other-reason">End this fault first: both faults change the same component.</span>
      )}
      <ActionError error={error} />
    </li>
  );
}
