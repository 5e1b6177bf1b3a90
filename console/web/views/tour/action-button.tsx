import { actionText } from '../../../tour/action-text.ts';
import type { Step } from '../../../tour/step.ts';
import { live, now } from '../../live.ts';
import { isOffered } from './perform.ts';
import { act, actions } from './progress.ts';

/** Title of a fault from the live state. */
function faultTitle(name: string): string {
  return live.faults.value?.find((fault) => fault.name === name)?.title ?? name;
}

/** The button of a step, with the state of its action. After a failure, it shows the message of the console. */
export function ActionButton({ step }: { readonly step: Step }) {
  const { action, id } = step;
  if (!action) return null;
  const state = actions.value[id];
  const offered = live.offered.value;
  if (offered && !isOffered(action, offered)) {
    return (
      <p class="quiet">
        This step needs the laptop pipeline: the console of {offered.place} does not offer "
        {actionText(action, faultTitle)}".
      </p>
    );
  }
  return (
    <div class="tour-action">
      <button
        type="button"
        class="primary"
        disabled={state?.kind === 'running'}
        onClick={() => void act(step)}
      >
        {actionText(action, faultTitle)}
      </button>
      <span role="status">
        {state?.kind === 'running' && <span class="quiet">Running…</span>}
        {state?.kind === 'succeeded' && <span class="quiet">{state.text}</span>}
        {state?.kind === 'failed' && <span class="tour-problem">The action failed: {state.problem}</span>}
      </span>
      {'fault' in action && <Injected fault={action.fault} />}
    </div>
  );
}

function Injected({ fault }: { readonly fault: string }) {
  const status = live.faults.value?.find(({ name }) => name === fault);
  if (!status?.injected) return null;
  const seconds = Math.max(0, Math.round((now.value - (status.injectedAt ?? now.value)) / 1000));
  return <span class="pill bad">injected for {seconds} s</span>;
}
