import type { FaultStatus } from '../../../controls/faults.ts';
import { ActionError } from '../../action.tsx';
import { call } from '../../api.ts';
import { live, now } from '../../live.ts';
import { BatchPanel } from './batch-panel.tsx';
import { useFaultAction } from './fault-action.ts';
import { FaultCard } from './fault-card.tsx';
import './faults.css';
import { countdown } from '../../format/times.ts';
import { SchedulePanel } from './schedule-panel.tsx';
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
      <Explanation />
      <Jumps
        panels={[
          ...(schedule ? ['Schedule'] : []),
          ...(traffic ? ['Traffic'] : []),
          ...(batch ? ['Batch'] : []),
        ]}
      />
      <div class={faults.length > 0 ? 'faults-layout' : ''}>
        {faults.length > 0 && (
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
        )}
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
  const { busy, error, run } = useFaultAction();
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
      <ActionError error={error} />
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

/** A text with the reason why all faults or some faults are missing. */
function Explanation() {
  const offered = live.offered.value;
  if (!offered || live.faults.value === undefined) return null;
  if (offered.faults && live.faults.value.length === 0) {
    return (
      <p class="notice warn" role="status">
        The pipeline is starting. Faults, traffic and batches are available as soon as it is ready.
      </p>
    );
  }
  return offered.notOffered === undefined ? null : <p class="notice">{offered.notOffered}</p>;
}
