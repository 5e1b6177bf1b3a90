import { useState } from 'preact/hooks';
import type { FaultStatus } from '../../../controls/faults.ts';
import type { ScheduleStatus, ScheduleStep } from '../../../controls/schedule.ts';
import { ActionError } from '../../action.tsx';
import { call } from '../../api.ts';
import { countdown, duration } from '../../format/times.ts';
import { TimeText } from '../../time-text.tsx';
import { useFaultAction } from './fault-action.ts';

const intervals = [30, 60, 180, 300, 600];
const lengths = [300, 900, 1800, 3600, 7200];

interface SchedulePanelProps {
  readonly schedule: ScheduleStatus;
  readonly faults: readonly FaultStatus[];
}

export function SchedulePanel({ schedule, faults }: SchedulePanelProps) {
  const { running, plan } = schedule;
  return (
    <section class="card faults-panel" aria-label="Schedule">
      <h2>Schedule</h2>
      {running && plan ? <Running schedule={schedule} faults={faults} /> : <Planning last={plan} />}
    </section>
  );
}

function Planning({ last }: { readonly last: ScheduleStatus['plan'] }) {
  const [every, setEvery] = useState(180);
  const [length, setLength] = useState(1800);
  const [seed, setSeed] = useState('');
  const { busy, error, run } = useFaultAction();
  const start = () => {
    const body = { every, length, ...(seed !== '' && { seed: Number(seed) }) };
    return call('/api/schedule', { method: 'POST', body });
  };
  return (
    <>
      <p class="quiet">Breaks one thing after another. Each fault ends before the next fault begins.</p>
      <div class="faults-fields">
        <label>
          One fault every
          <select value={every} onChange={(event) => setEvery(Number(event.currentTarget.value))}>
            {intervals.map((each) => (
              <option key={each} value={each}>
                {duration(each)}
              </option>
            ))}
          </select>
        </label>
        <label>
          For
          <select value={length} onChange={(event) => setLength(Number(event.currentTarget.value))}>
            {lengths.map((each) => (
              <option key={each} value={each}>
                {duration(each)}
              </option>
            ))}
          </select>
        </label>
        <label title="The same seed gives the same order of faults.">
          Seed
          <input
            type="number"
            min="0"
            max="4294967295"
            placeholder="random"
            value={seed}
            onInput={(event) => setSeed(event.currentTarget.value)}
          />
        </label>
      </div>
      <div class="faults-row">
        <span class="quiet">{last && `The last schedule had the seed ${last.seed}.`}</span>
        <button type="button" class="primary" disabled={busy} onClick={() => run(start)}>
          Start the schedule
        </button>
      </div>
      <ActionError error={error} />
    </>
  );
}

function Running({ schedule, faults }: SchedulePanelProps) {
  const { busy, error, run } = useFaultAction();
  const { plan, waiting } = schedule;
  if (!plan) return null;
  const titleOf = (step: ScheduleStep) => faults.find(({ name }) => name === step.fault)?.title ?? step.fault;
  const current = plan.steps.find(({ state }) => state === 'injected');
  const next = plan.steps.find(({ state }) => state === 'due');
  return (
    <>
      <p class="quiet">
        One fault every {duration(plan.every)}, seed {plan.seed}. The schedule ends in{' '}
        <Left until={plan.endsAt} />.
      </p>
      <dl class="faults-now">
        <dt>Now</dt>
        <dd>{current ? titleOf(current) : 'Nothing: the pipeline recovers.'}</dd>
        <dt>Next</dt>
        <dd data-next={next?.fault}>
          {next ? titleOf(next) : 'No further fault'}{' '}
          {next && (
            <b>
              {waiting ? (
                'waits for the end of the previous fault'
              ) : (
                <>
                  in <Left until={next.startsAt} />
                </>
              )}
            </b>
          )}
        </dd>
      </dl>
      <ol class="faults-steps" aria-label="Faults of the schedule">
        {plan.steps.map((step) => (
          <li key={step.startsAt} class={step.state} title={`${titleOf(step)}: ${step.error ?? step.state}`}>
            <span class="visually-hidden">
              {titleOf(step)}: {step.state}
            </span>
          </li>
        ))}
      </ol>
      <div class="faults-row">
        <span />
        <button
          type="button"
          disabled={busy}
          onClick={() => run(() => call('/api/schedule', { method: 'DELETE', withinMs: 120_000 }))}
        >
          Stop the schedule
        </button>
      </div>
      <ActionError error={error} />
    </>
  );
}

/** @param until Unix time in milliseconds */
function Left({ until }: { readonly until: number }) {
  return <TimeText text={(time) => countdown((until - time) / 1000)} />;
}
