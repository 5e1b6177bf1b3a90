import type { Labels, Silence, SilenceMatcher } from '../../../alerting.ts';
import { ActionError, useAction } from '../../action.tsx';
import { call } from '../../api.ts';
import { duration, timeOfDay } from '../../format/times.ts';
import { live } from '../../live.ts';
import { TimeText } from '../../time-text.tsx';

const durations = [
  { text: '10 min', seconds: 600 },
  { text: '1 h', seconds: 3600 },
] as const;

/** Buttons that create a silence for exactly these labels. A read-only console has no buttons. */
export function SilenceButtons({ labels }: { readonly labels: Labels }) {
  const { busy, error, run } = useAction();
  if (!live.offered.value?.silences) return null;
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
        <button key={text} type="button" disabled={busy} onClick={() => silence(seconds)}>
          Silence {text}
        </button>
      ))}
      <ActionError error={error} />
    </span>
  );
}

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
  const { busy, error, run } = useAction();
  const expire = () => run(() => call(`/api/silences/${id}`, { method: 'DELETE' }));
  return (
    <article class="card alerts-silence" data-silence={id}>
      <header class="alerts-row">
        <span class="pill info">
          {state === 'active' ? (
            <TimeText text={(time) => `${duration((endsAt - time) / 1000)} left`} />
          ) : (
            `starts at ${timeOfDay(startsAt)}`
          )}
        </span>
        <span class="alerts-labels">
          {matchers.map((matcher, index) => (
            <span key={index} class="alerts-chip mono">
              {matcher.name}
              {operator(matcher)}
              {matcher.value}
            </span>
          ))}
        </span>
        <span class="alerts-spacer" />
        {live.offered.value?.silences && (
          <button type="button" disabled={busy} onClick={expire}>
            Expire
          </button>
        )}
      </header>
      <p class="quiet">
        Until {timeOfDay(endsAt)}, by {createdBy}: {comment}
      </p>
      <ActionError error={error} />
    </article>
  );
}
