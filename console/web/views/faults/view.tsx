import type { FaultStatus } from '../../../controls/faults.ts';
import { call } from '../../api.ts';
import { live, now } from '../../live.ts';
import { useAction } from './actions.ts';
import { BatchPanel } from './batch-panel.tsx';
import { FaultCard } from './fault-card.tsx';
import './faults.css';
import { SchedulePanel } from './schedule-panel.tsx';
import { countdown } from './times.ts';
import { TrafficPanel } from './traffic-panel.tsx';

export function View() {
  const faults = live.faults.value ?? [];
  const schedule = live.schedule.value;
  const traffic = live.traffic.value;
  const batch = live.batch.value;
  const areas = [...new Set(faults.map(({ area }) => area ?? 'Faults'))];
  return (
    <>
      <Head injected={faults.filter(({ injected }) => injected)} offered={faults.length > 0} />
      <Explanation offered={faults.length > 0} />
      <Jumps
        panels={[
          ...(schedule ? ['Schedule'] : []),
          ...(traffic ? ['Traffic'] : []),
          ...(batch ? ['Batch'] : []),
        ]}
      />
      <div class="faults-layout">
        <div class="faults-list">
          {areas.map((area) => (
            <section key={area} aria-label={area}>
              <h2>{area}</h2>
              <div class="faults-cards">
                {faults
                  .filter((fault) => (fault.area ?? 'Faults') === area)
                  .map((fault) => (
                    <FaultCard key={fault.name} fault={fault} />
                  ))}
              </div>
            </section>
          ))}
        </div>
        <div class="faults-panels">
          {schedule && <SchedulePanel schedule={schedule} faults={faults} />}
          {traffic && <TrafficPanel traffic={traffic} />}
          {batch && <BatchPanel batch={batch} />}
        </div>
      </div>
    </>
  );
}

interface HeadProps {
  readonly injected: readonly FaultStatus[];
  readonly offered: boolean;
}

function Head({ injected, offered }: HeadProps) {
  const { busy, error, run } = useAction();
  const running = live.schedule.value?.running ?? false;
  const count = injected.length;
  const text =
    count === 0 ? 'no fault injected' : count === 1 ? '1 fault injected' : `${count} faults injected`;
  return (
    <div class="faults-head">
      <h1>Faults</h1>
      {offered && (
        <>
          <span class={count > 0 ? 'pill bad' : 'pill good'} role="status">
            {text}
          </span>
          {injected.map(({ name, title, endsAt }) => (
            <button key={name} type="button" class="faults-shortcut" onClick={() => showCard(name)}>
              {title}
              {endsAt !== undefined && <b> {countdown((endsAt - now.value) / 1000)}</b>}
            </button>
          ))}
          <button
            type="button"
            class="faults-clear"
            disabled={busy || (count === 0 && !running)}
            title="Restores every fault and stops the schedule."
            onClick={() => run(() => call('/api/faults', { method: 'DELETE', withinMs: 120_000 }))}
          >
            {busy ? 'Restoring…' : 'Clear all'}
          </button>
        </>
      )}
      {error && (
        <span class="faults-error" role="alert">
          {error}
        </span>
      )}
    </div>
  );
}

function showCard(fault: string): void {
  document.querySelector(`[data-fault="${fault}"]`)?.scrollIntoView({ behavior: 'smooth', block: 'center' });
}

/** Links to the panels. They are useful on a narrow screen, where the panels are below the faults. */
function Jumps({ panels }: { readonly panels: readonly string[] }) {
  const show = (panel: string) =>
    document.querySelector(`.faults-panel[aria-label="${panel}"]`)?.scrollIntoView({ behavior: 'smooth' });
  return (
    <div class="faults-jumps">
      {panels.map((panel) => (
        <button key={panel} type="button" onClick={() => show(panel)}>
          {panel}
        </button>
      ))}
    </div>
  );
}

/** A text that says why there are no controls, or why some controls are missing. */
function Explanation({ offered }: { readonly offered: boolean }) {
  const status = live.components.value;
  if (!status || live.faults.value === undefined) return null;
  if (offered) return status.notOffered ? <p class="notice">{status.notOffered}</p> : null;
  return (
    <p class="notice warn" role="status">
      {status.ready
        ? 'This console cannot inject faults, because it shows a pipeline in which it must destroy nothing.'
        : 'The pipeline is starting. Faults, traffic and batches are available as soon as it is ready.'}
    </p>
  );
}
