import { useRef, useState } from 'preact/hooks';
import type { Incident } from '../../../alerting.ts';
import { duration, timeOfDay } from '../../format/times.ts';
import { keepEqual } from '../../keep-equal.ts';
import { now } from '../../live.ts';
import { memo } from '../../memo.ts';
import { LabelList, Severity } from './labels.tsx';
import { isWaiting, type TimelineStep, timelineOf } from './timeline-steps.ts';
import './timeline.css';

const shownAtFirst = 5;

const isOpen = ({ state }: Incident) => state === 'pending' || state === 'firing';

export function Incidents({ incidents }: { readonly incidents: readonly Incident[] }) {
  const [isLong, setLong] = useState(false);
  if (incidents.length === 0) {
    return (
      <p class="quiet">
        The console has recorded no incident since its start. <a href="/faults">Inject a fault</a> to see the
        steps and the seconds between them.
      </p>
    );
  }
  const shown = incidents.filter((incident, index) => isLong || index < shownAtFirst || isOpen(incident));
  return (
    <>
      <ul class="alerts-list">
        {shown.map((incident) => (
          <li key={incident.id}>
            <KeptIncident incident={incident} />
          </li>
        ))}
      </ul>
      {(isLong || shown.length < incidents.length) && (
        <button type="button" onClick={() => setLong(!isLong)}>
          {isLong ? 'Show fewer incidents' : `Show all ${incidents.length} incidents`}
        </button>
      )}
    </>
  );
}

const stateClass = { pending: 'warn', firing: 'bad', ended: '', resolved: 'good' } as const;

function IncidentCard({ incident }: { readonly incident: Incident }) {
  const { alert, labels, severity, state, fault, total, inhibitedBy, silencedBy, unknownSince } = incident;
  return (
    <article class="card alerts-incident" data-incident={incident.id} data-state={state}>
      <header class="alerts-row">
        <span class={`pill ${stateClass[state]}`}>{state}</span>
        <a class="alerts-name" href={`/alerts?alert=${encodeURIComponent(alert)}`}>
          {alert}
        </a>
        <Severity severity={severity} />
        <LabelList labels={labels} />
        <span class="alerts-spacer" />
        {fault && (
          <span>
            caused by <a href="/faults">{fault.name}</a>
          </span>
        )}
      </header>
      <Strip incident={incident} />
      <p class="quiet alerts-notes">
        {total.notified !== undefined && <span>{duration(total.notified)} from fault to notification</span>}
        {total.resolved !== undefined && (
          <span>{duration(total.resolved)} from the end of the fault to resolved</span>
        )}
        {inhibitedBy.length > 0 && (
          <span>
            inhibited by {inhibitedBy.map((cause) => cause.alert).join(', ')}
            {incident.times.notified === undefined && ': Alertmanager sends no notification'}
          </span>
        )}
        {silencedBy.length > 0 && <span>silenced</span>}
        {state === 'ended' && incident.times.firing === undefined && (
          <span>the condition ended before the alert fired</span>
        )}
        {unknownSince !== undefined && (
          <span class="alerts-unknown">
            unknown since {timeOfDay(unknownSince)}: Prometheus does not report it
          </span>
        )}
        {incident.gaps.map(({ from, to }) => (
          <span key={from}>
            unknown from {timeOfDay(from)} to {timeOfDay(to)}
          </span>
        ))}
      </p>
    </article>
  );
}

const KeptIncident = memo(IncidentCard);

/** The steps of an incident. Every second, Preact draws only the unfinished step again. */
function Strip({ incident }: { readonly incident: Incident }) {
  const last = useRef<readonly TimelineStep[]>([]);
  last.current = keepEqual(last.current, timelineOf(incident, isWaiting(incident) ? now.value : 0));
  const steps = last.current;
  return (
    <ol class="alerts-strip" aria-label={`Steps of ${incident.alert}`}>
      {steps.map((step, index) => (
        <KeptStep key={step.step} step={step} isLast={index === steps.length - 1} />
      ))}
    </ol>
  );
}

const KeptStep = memo(Step);

/** Relative width. Rounded, because each change of a width causes a new layout in the browser. */
function roomOf(seconds: number | undefined): number {
  return Number((1 + Math.log10(1 + (seconds ?? 0))).toFixed(2));
}

function Step({ step, isLast }: { readonly step: TimelineStep; readonly isLast: boolean }) {
  const { at, seconds, runs } = step;
  const kind = at === undefined ? 'next' : at === null ? 'unknown' : 'done';
  return (
    <li
      class={`alerts-step alerts-${kind}`}
      data-step={step.step}
      data-at={at ?? ''}
      style={{ flexGrow: isLast ? 0 : roomOf(seconds) }}
    >
      <span class={`alerts-line${runs ? ' alerts-runs' : ''}`}>
        {seconds !== undefined && <span class="alerts-seconds">{duration(seconds)}</span>}
      </span>
      <span class="alerts-label">{step.label}</span>
      <span class="alerts-clock">
        {at === undefined ? '–' : at === null ? 'time unknown' : <time>{timeOfDay(at)}</time>}
      </span>
    </li>
  );
}
