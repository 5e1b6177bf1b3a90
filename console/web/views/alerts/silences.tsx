import { useState } from 'preact/hooks';
import type { Labels, Silence, SilenceMatcher } from '../../../alerting.ts';
import { ApiError, call } from '../../api.ts';
import { live, now } from '../../live.ts';
import { clock, duration } from './times.ts';

const durations = [
  { text: '10 min', seconds: 600 },
  { text: '1 h', seconds: 3600 },
] as const;

/** Returns a function that runs an action, and the error of the last action; undefined after a success. */
function useAction(): readonly [
  error: string | undefined,
  isRunning: boolean,
  run: (action: () => Promise<unknown>) => Promise<void>,
] {
  const [error, setError] = useState<string>();
  const [isRunning, setRunning] = useState(false);
  const run = async (action: () => Promise<unknown>) => {
    setRunning(true);
    setError(undefined);
    try {
      await action();
    } catch (thrown) {
      setError(thrown instanceof ApiError ? thrown.message : String(thrown));
    }
    setRunning(false);
  };
  return [error, isRunning, run];
}

/** Buttons that silence only the alert with these labels. If the console is read-only, there are no buttons. */
export function SilenceButtons({ labels }: { readonly labels: Labels }) {
  const [error, isRunning, run] = useAction();
  if (!live.alerts.value?.maySilence) return null;
  const silence = (durationSeconds: number) =>
    run(() =>
      call('/api/silences', {
        method: 'POST',
        body: {
          matchers: Object.entries(labels).map(([name, value]) => ({ name, value })),
          durationSeconds,
          comment: 'Silenced on the page of the console',
        },
      }),
    );
  return (
    <span class="alerts-row">
      {durations.map(({ text, seconds }) => (
        <button key={text} type="button" disabled={isRunning} onClick={() => silence(seconds)}>
          Silence {text}
        </button>
      ))}
      {error !== undefined && (
        <span class="alerts-error" role="alert">
          {error}
        </span>
      )}
    </span>
  );
}

/** The list of silences that are active or start later. */
export function Silences({ silences }: { readonly silences: readonly Silence[] }) {
  if (silences.length === 0) return <p class="quiet">No silence is active.</p>;
  return (
    <ul class="alerts-list">
      {silences.map((silence) => (
        <li key={silence.id}>
          <SilenceCard silence={silence} />
        </li>
      ))}
    </ul>
  );
}

const operator = ({ isRegex, isEqual }: SilenceMatcher) =>
  isEqual ? (isRegex ? '=~' : '=') : isRegex ? '!~' : '!=';

function SilenceCard({ silence }: { readonly silence: Silence }) {
  const { id, state, matchers, startsAt, endsAt, createdBy, comment } = silence;
  const [error, isRunning, run] = useAction();
  const expire = () => run(() => call(`/api/silences/${id}`, { method: 'DELETE' }));
  return (
    <article class="card alerts-silence" data-silence={id}>
      <header class="alerts-row">
        <span class="pill info">
          {state === 'active'
            ? `${duration((endsAt - now.value) / 1000)} left`
            : `starts at ${clock(startsAt)}`}
        </span>
        <span class="alerts-labels">
          {matchers.map((matcher) => (
            <span key={matcher.name} class="alerts-chip mono">
              {matcher.name}
              {operator(matcher)}
              {matcher.value}
            </span>
          ))}
        </span>
        <span class="alerts-spacer" />
        {live.alerts.value?.maySilence && (
          <button type="button" disabled={isRunning} onClick={expire}>
            Expire
          </button>
        )}
      </header>
      <p class="quiet">
        Until {clock(endsAt)}, by {createdBy}: {comment}
      </p>
      {error !== undefined && (
        <p class="alerts-error" role="alert">
          {error}
        </p>
      )}
    </article>
  );
}
