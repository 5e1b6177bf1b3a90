import { notation } from '../../metrics/duration.ts';
import { columns } from '../../verify/table.ts';
import type { Stale } from '../alerting.ts';
import type { BatchRun, BatchStatus } from '../controls/batch.ts';
import type { FaultStatus } from '../controls/faults.ts';
import type { ScheduleStatus } from '../controls/schedule.ts';
import type { TrafficStatus } from '../controls/traffic.ts';
import type { PipelineStatus } from '../controls.ts';
import { isFiring } from '../is-firing.ts';

export function componentTable({ components }: PipelineStatus): string {
  const rows = components.map(({ name, state, restarts, rssBytes }) => [
    name,
    state,
    restarts === 1 ? '1 restart' : `${restarts} restarts`,
    rssBytes > 0 ? `${(rssBytes / 1e6).toFixed(0)} MB` : '',
  ]);
  return columns(rows);
}

export function readyLine({ ready, components }: PipelineStatus): string {
  if (ready) return 'The pipeline is ready.';
  const others = components.filter(({ state }) => state !== 'running');
  const states = others.map(({ name, state }) => `${name} is ${state}`);
  return states.length > 0
    ? `The pipeline is not ready: ${states.join(', ')}.`
    : 'The pipeline is not ready.';
}

/** The fields of the answer of `GET /api/alerts` that the command line reads. */
export interface AlertsAnswer {
  readonly alerts: readonly { readonly alert: string; readonly state: 'inactive' | 'pending' | 'firing' }[];
  readonly prometheus?: Stale;
}

export const firingOf = ({ alerts }: AlertsAnswer): readonly string[] =>
  alerts.filter(isFiring).map(({ alert }) => alert);

export function alertsLine(answer: AlertsAnswer): string {
  const firing = firingOf(answer);
  const line = firing.length > 0 ? `Alerts firing: ${firing.join(', ')}.` : 'No alert fires.';
  return answer.prometheus
    ? `${line} This list is old, because Prometheus does not answer: ${answer.prometheus.error}`
    : line;
}

export function faultTable(faults: readonly FaultStatus[], now: number): string {
  return columns(faults.map((fault) => [fault.injected ? '✗' : '–', fault.name, faultState(fault, now)]));
}

export function injectedText(faults: readonly FaultStatus[], now: number): string {
  const shown = faults.filter(({ injected, error }) => injected || error !== undefined);
  return shown.length > 0
    ? faultTable(shown, now)
    : 'No fault is injected. This command lists the faults: npm run demo -- fault';
}

function faultState(fault: FaultStatus, now: number): string {
  const { title, injected, endsAt, injectedIntensity, intensity, error } = fault;
  if (!injected) return error ?? title;
  const strength = injectedIntensity === undefined ? '' : `, ${injectedIntensity} ${intensity?.unit ?? ''}`;
  const end = endsAt === undefined ? 'until somebody ends the fault' : `for ${left(endsAt, now)} more`;
  return `${title}; ${error ?? `injected ${end}${strength}`}`;
}

export function scheduleText({ running, plan, waiting }: ScheduleStatus, now: number): string {
  if (!plan) return 'No schedule has run.';
  const { every, length, hold, seed, steps, startedAt } = plan;
  const head = `One fault every ${notation(every)} for ${notation(length)}, each for ${notation(hold)}. Seed ${seed}. ${running ? 'The schedule runs.' : 'The schedule has ended.'}`;
  const note = waiting === undefined ? [] : [`${waiting} waits for the end of the previous fault.`];
  const rows = steps.map(({ fault, startsAt, state, error }) => [
    `+${notation((startsAt - startedAt) / 1000)}`,
    fault,
    state === 'due' ? (running ? `in ${left(startsAt, now)}` : 'not run') : state,
    error ?? '',
  ]);
  return [head, ...note, columns(rows)].join('\n');
}

export function trafficTable(traffic: readonly TrafficStatus[]): string {
  return columns([
    ['cluster', 'mode', 'rate', 'size', 'clients', 'accepted'],
    ...traffic.map(({ cluster, mode, rate, size, clients, published, stalled }) => [
      cluster,
      stalled ? `${mode}, the consumer is stalled` : mode,
      `${rate} messages/s`,
      `${size} bytes`,
      String(clients),
      `${published} messages/s`,
    ]),
  ]);
}

export function batchText({ schedule, runs }: BatchStatus): string {
  const mode = schedule
    ? `Schedule: ${schedule.mode}${schedule.held ? `, a fault enforces ${schedule.held}` : ''}; one run every ${notation(schedule.periodSeconds)}.`
    : 'The console does not control the schedule of the batch.';
  return [mode, columns(runs.map(runRow))].join('\n').trimEnd();
}

function runRow({ startedAt, by, state, records, seconds, error }: BatchRun): readonly string[] {
  return [
    new Date(startedAt).toISOString(),
    by === 'hand' ? 'by hand' : 'by schedule',
    state,
    records === undefined ? '' : `${records} records`,
    seconds === undefined ? '' : `${seconds.toFixed(1)} s`,
    error ?? '',
  ];
}

function left(at: number, now: number): string {
  return notation(Math.max(0, at - now) / 1000);
}
