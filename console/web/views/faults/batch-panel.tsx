import { useState } from 'preact/hooks';
import type { BatchMode, BatchRun, BatchSchedule, BatchStatus } from '../../../controls/batch.ts';
import { ActionError } from '../../action.tsx';
import { call } from '../../api.ts';
import { duration, timeOfDay } from '../../format/times.ts';
import { useFaultAction } from './fault-action.ts';

const stages = ['extract', 'transform', 'load'];
const lastingSeconds = [2, 10, 20, 60];
const modes: readonly (readonly [BatchMode, string])[] = [
  ['on', 'on'],
  ['off', 'off'],
  ['failing', 'each run fails'],
];

export function BatchPanel({ batch }: { readonly batch: BatchStatus }) {
  const { schedule, runs, bounds } = batch;
  const [failAt, setFailAt] = useState('');
  const [seconds, setSeconds] = useState(2);
  const [records, setRecords] = useState('1000');
  const [started, setStarted] = useState<string>();
  const { busy, error, run } = useFaultAction();
  const start = async () => {
    setStarted(undefined);
    const body = bounds
      ? {
          durationSeconds: seconds,
          ...(failAt !== '' && { failAt }),
          ...(records !== '' && { records: Number(records) }),
        }
      : {};
    const { status, answer } = await call<{ status: number; answer: string }>('/api/batch', {
      method: 'POST',
      body,
      withinMs: 120_000,
    });
    if (status >= 400) throw new Error(`The batch run has failed (status ${status}): ${answer}`);
    if (!bounds) setStarted(answer);
  };
  return (
    <section class="card faults-panel" aria-label="Batch">
      <h2>Batch</h2>
      {bounds && (
        <div class="faults-fields">
          <label>
            Outcome
            <select value={failAt} onChange={(event) => setFailAt(event.currentTarget.value)}>
              <option value="">success</option>
              {stages.map((stage) => (
                <option key={stage} value={stage}>
                  fails in {stage}
                </option>
              ))}
            </select>
          </label>
          <label>
            Lasts
            <select value={seconds} onChange={(event) => setSeconds(Number(event.currentTarget.value))}>
              {lastingSeconds
                .filter((each) => each <= bounds.durationSeconds.max)
                .map((each) => (
                  <option key={each} value={each}>
                    {duration(each)}
                  </option>
                ))}
            </select>
          </label>
          <label>
            Records
            <input
              type="number"
              min={bounds.records.min}
              max={bounds.records.max}
              value={records}
              onInput={(event) => setRecords(event.currentTarget.value)}
            />
          </label>
        </div>
      )}
      <div class="faults-row">
        {schedule ? <Mode schedule={schedule} /> : <span />}
        <button type="button" class="primary" disabled={busy} onClick={() => run(start)}>
          {busy ? 'Running…' : 'Run now'}
        </button>
      </div>
      <ActionError error={error} />
      {started && (
        <p class="quiet" role="status">
          {started}
        </p>
      )}
      {runs.length > 0 && <Runs runs={runs} />}
    </section>
  );
}

function Mode({ schedule: { mode, held, periodSeconds } }: { readonly schedule: BatchSchedule }) {
  const { busy, error, run } = useFaultAction();
  const set = (chosen: string) =>
    run(() => call('/api/batch/schedule', { method: 'PUT', body: { mode: chosen } }));
  return (
    <span class="faults-mode">
      <label>
        Every {duration(periodSeconds)}:{' '}
        <select
          aria-label="Schedule of the batch"
          value={mode}
          disabled={busy}
          onChange={(event) => set(event.currentTarget.value)}
        >
          {modes.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </label>
      {held && <span class="pill bad">a fault enforces {held}</span>}
      <ActionError error={error} />
    </span>
  );
}

const pills: Readonly<Record<BatchRun['state'], string>> = {
  running: 'info',
  success: 'good',
  failure: 'bad',
  refused: 'warn',
};

function Runs({ runs }: { readonly runs: readonly BatchRun[] }) {
  return (
    <table class="faults-runs">
      <caption class="visually-hidden">The last runs</caption>
      <thead>
        <tr>
          <th scope="col">Started</th>
          <th scope="col">By</th>
          <th scope="col">Result</th>
          <th scope="col">Took</th>
        </tr>
      </thead>
      <tbody>
        {runs.slice(0, 5).map(({ startedAt, by, state, seconds, failAt, error }) => (
          <tr key={startedAt}>
            <td>{timeOfDay(startedAt)}</td>
            <td>{by}</td>
            <td title={error}>
              <span class={`pill ${pills[state]}`}>
                {state}
                {failAt && state === 'failure' ? ` in ${failAt}` : ''}
              </span>
            </td>
            <td>{seconds === undefined ? '' : `${seconds.toFixed(1)} s`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
