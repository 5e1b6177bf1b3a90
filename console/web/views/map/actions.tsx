import { useState } from 'preact/hooks';
import type { ComponentAction, ComponentState } from '../../../controls.ts';
import { ActionError, useAction } from '../../action.tsx';
import { call } from '../../api.ts';

interface Action {
  readonly action: ComponentAction;
  readonly text: string;
  readonly hint: string;
  readonly isPossible: (state: ComponentState) => boolean;
}

const hasProcess = (state: ComponentState) =>
  state === 'running' || state === 'unhealthy' || state === 'starting';

const actions: readonly Action[] = [
  {
    action: 'start',
    text: 'Start',
    hint: 'Starts the stopped component.',
    isPossible: (state) => state === 'stopped',
  },
  {
    action: 'stop',
    text: 'Stop',
    hint: 'Stops the component until you start it.',
    isPossible: (state) => hasProcess(state) || state === 'restarting',
  },
  { action: 'restart', text: 'Restart', hint: 'Stops the component and starts it.', isPossible: hasProcess },
  {
    action: 'kill',
    text: 'Kill',
    hint: 'Ends the process at once. The supervisor starts a new process.',
    isPossible: hasProcess,
  },
];

export interface ActionsProps {
  readonly name: string;
  readonly state: ComponentState;
  /**
   * Text of the confirmation before Stop, Restart and Kill.
   * @default no confirmation
   */
  readonly warning?: string;
}

export function Actions({ name, state, warning }: ActionsProps) {
  const [asked, setAsked] = useState<Action>();
  const { busy, error, run } = useAction();
  const act = ({ action }: Action) => {
    setAsked(undefined);
    run(() => call(`/api/components/${encodeURIComponent(name)}`, { method: 'POST', body: { action } }));
  };
  const choose = (action: Action) =>
    warning !== undefined && action.action !== 'start' ? setAsked(action) : act(action);
  return (
    <section class="map-section">
      <h3 class="visually-hidden">Actions</h3>
      <div class="map-actions">
        {actions.map((action) => (
          <button
            key={action.action}
            type="button"
            class={action.action === 'kill' ? 'danger' : undefined}
            title={action.hint}
            disabled={busy || !action.isPossible(state)}
            onClick={() => choose(action)}
          >
            {action.text}
          </button>
        ))}
      </div>
      {asked && (
        <div class="map-confirm" role="alert">
          <p>{warning}</p>
          <button type="button" class="danger" onClick={() => act(asked)}>
            {asked.text} {name}
          </button>{' '}
          <button type="button" onClick={() => setAsked(undefined)}>
            Cancel
          </button>
        </div>
      )}
      <ActionError error={error} />
    </section>
  );
}
