import { Fragment } from 'preact';
import { useState } from 'preact/hooks';
import type { FaultStatus, IntensityScale } from '../../../controls/faults.ts';
import { ActionError } from '../../action.tsx';
import { call } from '../../api.ts';
import { countdown, duration } from '../../format/times.ts';
import { TimeText } from '../../time-text.tsx';
import { useFaultAction } from './fault-action.ts';

/** Seconds until the automatic end. 0: no automatic end. */
const durations = [30, 60, 120, 300, 900, 0];
const usualDuration = 120;

export function FaultCard({ fault }: { readonly fault: FaultStatus }) {
  const { name, title, description, cause, alerts, allowed = [], breaks, injected, error } = fault;
  return (
    <article class={injected ? 'card faults-card injected' : 'card faults-card'} data-fault={name}>
      <h3>{title}</h3>
      <p>{description}</p>
      {cause && (
        <p class="quiet">
          <b>In production:</b> {cause}
        </p>
      )}
      <dl>
        <dt>Breaks</dt>
        <dd>
          {breaks.map((component) => (
            <a key={component} class="pill" href={`/map?node=${encodeURIComponent(component)}`}>
              {component}
            </a>
          ))}
        </dd>
        <dt>Alert</dt>
        <dd>
          {alerts.map(({ alert }) => (
            <a key={alert} class="pill warn" href={`/alerts?alert=${alert}`}>
              <Wrapped name={alert} />
            </a>
          ))}
        </dd>
      </dl>
      {allowed.length > 0 && (
        <details>
          <summary>Possible consequences</summary>
          {[...new Set(allowed.map(({ alert }) => alert))].join(', ')}
        </details>
      )}
      <Controls fault={fault} />
      <ActionError error={error} />
    </article>
  );
}

function Wrapped({ name }: { readonly name: string }) {
  const words = name.split(/(?<=[a-z\d])(?=[A-Z])/);
  return words.map((word, index) => (
    <Fragment key={words.slice(0, index + 1).join('')}>
      {index > 0 && <wbr />}
      {word}
    </Fragment>
  ));
}

function Controls({ fault }: { readonly fault: FaultStatus }) {
  const { name, title, intensity, injected, injectedIntensity, endsAt, blockedBy } = fault;
  const [seconds, setSeconds] = useState(usualDuration);
  const [strength, setStrength] = useState<number>();
  const { busy, error, run } = useFaultAction();
  const path = `/api/faults/${encodeURIComponent(name)}`;
  const value = strength ?? injectedIntensity ?? intensity?.default;
  const inject = () => {
    const body = {
      ...(seconds > 0 && { for: seconds }),
      ...(intensity && value !== undefined && { intensity: value }),
    };
    return call(path, { method: 'POST', body, withinMs: 120_000 });
  };
  const restore = () => call(path, { method: 'DELETE', withinMs: 120_000 });
  return (
    <div class="faults-controls">
      {intensity && value !== undefined && (
        <Strength scale={intensity} value={value} label={`Intensity of: ${title}`} onInput={setStrength} />
      )}
      {blockedBy && !injected && (
        <p class="quiet">
          End <code>{blockedBy}</code> first: both faults change the same component.
        </p>
      )}
      <div class="faults-row">
        {injected ? (
          <span class="faults-left">
            {endsAt === undefined ? (
              'Lasts until restored'
            ) : (
              <TimeText text={(time) => `Ends in ${countdown((endsAt - time) / 1000)}`} />
            )}
          </span>
        ) : (
          <select
            aria-label={`Duration of: ${title}`}
            value={seconds}
            onChange={(event) => setSeconds(Number(event.currentTarget.value))}
          >
            {durations.map((each) => (
              <option key={each} value={each}>
                {each === 0 ? 'until restored' : `for ${duration(each)}`}
              </option>
            ))}
          </select>
        )}
        {injected && (
          <button
            type="button"
            disabled={busy}
            title={seconds === 0 ? 'Removes the end.' : `Ends at the earliest in ${duration(seconds)}.`}
            onClick={() => run(inject)}
          >
            Extend
          </button>
        )}
        {injected ? (
          <button type="button" class="primary" disabled={busy} onClick={() => run(restore)}>
            {busy ? 'Working…' : 'Restore'}
          </button>
        ) : (
          <button
            type="button"
            class="danger"
            disabled={busy || Boolean(blockedBy)}
            onClick={() => run(inject)}
          >
            {busy ? 'Injecting…' : 'Inject'}
          </button>
        )}
      </div>
      <ActionError error={error} />
    </div>
  );
}

interface StrengthProps {
  readonly scale: IntensityScale;
  readonly value: number;
  readonly label: string;
  readonly onInput: (value: number) => void;
}

function Strength({ scale, value, label, onInput }: StrengthProps) {
  const { title, unit, min, max, step } = scale;
  return (
    <label class="faults-slider">
      <span>{title}</span>
      <input
        type="range"
        aria-label={label}
        {...{ min, max, step, value }}
        aria-valuetext={`${value} ${unit}`}
        onInput={(event) => onInput(Number(event.currentTarget.value))}
      />
      <output>
        {value.toLocaleString('en-US')} {unit}
      </output>
    </label>
  );
}
