import { useComputed } from '@preact/signals';
import { ActionError } from '../../action.tsx';
import { call } from '../../api.ts';
import { isStarting, live } from '../../live.ts';
import { memo } from '../../memo.ts';
import { TimeText } from '../../time-text.tsx';
import { useKept } from '../../use-kept.ts';
import { BatchPanel } from './batch-panel.tsx';
import { useFaultAction } from './fault-action.ts';
import { FaultCard } from './fault-card.tsx';
import './faults.css';
import { countdown } from '../../format/times.ts';
import { SchedulePanel } from './schedule-panel.tsx';
import { TrafficPanel } from './traffic-panel.tsx';
import { settingsOf } from './traffic-settings.ts';

export function View() {
  const offered = useComputed(() => (live.faults.value ?? []).length > 0);
  return (
    <>
      <Head />
      <Explanation />
      <Jumps />
      <div class={offered.value ? 'faults-layout' : ''}>
        {offered.value && <Cards />}
        <div class="faults-panels">
          <Schedule />
          <Traffic />
          <Batch />
        </div>
      </div>
    </>
  );
}

function Cards() {
  const faults = live.faults.value ?? [];
  const areas = [...new Set(faults.map(({ area }) => area ?? 'Faults'))];
  return (
    <div class="faults-list">
      {areas.map((area) => (
        <section key={area} aria-label={area}>
          <h2>{area}</h2>
          <div class="faults-cards">
            {faults
              .filter((fault) => (fault.area ?? 'Faults') === area)
              .map((fault) => (
                <KeptCard key={fault.name} fault={fault} />
              ))}
          </div>
        </section>
      ))}
    </div>
  );
}

/** `memo` draws only the card whose fault has changed. */
const KeptCard = memo(FaultCard);

function Schedule() {
  const schedule = live.schedule.value;
  return schedule ? <SchedulePanel schedule={schedule} faults={live.faults.value ?? []} /> : null;
}

function Traffic() {
  const traffic = useKept(() => settingsOf(live.traffic.value));
  return traffic.value ? <TrafficPanel traffic={traffic.value} /> : null;
}

function Batch() {
  const batch = live.batch.value;
  return batch ? <BatchPanel batch={batch} /> : null;
}

function Head() {
  const { busy, error, run } = useFaultAction();
  const faults = live.faults.value ?? [];
  const injected = faults.filter((fault) => fault.injected);
  const running = live.schedule.value?.running ?? false;
  const count = injected.length;
  const text =
    count === 0 ? 'no fault injected' : count === 1 ? '1 fault injected' : `${count} faults injected`;
  return (
    <div class="faults-head">
      <h1>Faults</h1>
      {faults.length > 0 && (
        <>
          <span class={count > 0 ? 'pill bad' : 'pill good'} role="status">
            {text}
          </span>
          {injected.map(({ name, title, endsAt }) => (
            <button key={name} type="button" class="faults-shortcut" onClick={() => showCard(name)}>
              {title}
              {endsAt !== undefined && (
                <b>
                  {' '}
                  <TimeText text={(time) => countdown((endsAt - time) / 1000)} />
                </b>
              )}
            </button>
          ))}
          <button
            type="button"
            class="faults-clear"
            disabled={busy || (count === 0 && !running)}
            title="Ends every fault and stops the schedule."
            onClick={() => run(() => call('/api/faults', { method: 'DELETE', withinMs: 120_000 }))}
          >
            {busy ? 'Restoring…' : 'Clear all'}
          </button>
        </>
      )}
      <ActionError error={error} />
    </div>
  );
}

function showCard(fault: string): void {
  document.querySelector(`[data-fault="${fault}"]`)?.scrollIntoView({ behavior: 'smooth', block: 'center' });
}

/** Buttons that scroll to the panels. On a narrow screen, the panels are below the faults. */
function Jumps() {
  const panels = useKept(() => [
    ...(live.schedule.value ? ['Schedule'] : []),
    ...(live.traffic.value ? ['Traffic'] : []),
    ...(live.batch.value ? ['Batch'] : []),
  ]);
  const show = (panel: string) =>
    document.querySelector(`.faults-panel[aria-label="${panel}"]`)?.scrollIntoView({ behavior: 'smooth' });
  return (
    <div class="faults-jumps">
      {panels.value.map((panel) => (
        <button key={panel} type="button" onClick={() => show(panel)}>
          {panel}
        </button>
      ))}
    </div>
  );
}

function Explanation() {
  const offered = live.offered.value;
  if (!offered || live.faults.value === undefined || isStarting()) return null;
  return offered.notOffered === undefined ? null : <p class="notice">{offered.notOffered}</p>;
}
