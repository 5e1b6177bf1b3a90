import { batchJob, etlDagId, ports } from '../../config/topology.ts';
import { ConsoleClient } from '../../console/cli/client.ts';
import type { FaultStatus } from '../../console/controls/faults.ts';
import type { ScheduleStatus } from '../../console/controls/schedule.ts';
import { withOffset } from '../../console/pipeline-text.ts';
import { areFree } from '../../toolchain/port-check.ts';
import { consoleReads } from '../console-reads.ts';
import { CouldNotRun, type DrillLimits, type DrillTarget } from '../target.ts';
import { messageOf } from '../wait.ts';

const actionMs = 60_000;
/** After this time, the console ends a fault, even if the drill has crashed. */
const longestFaultSeconds = 900;

const limits: DrillLimits = {
  quiet: 150,
  // `BatchRunMissing` needs the most time: it fires 75 s after the last report of the batch.
  detection: 120,
  resolution: 90,
  runbookQuery: 45,
  aftermath: 120,
  silence: 20,
};

/** The drill injects faults through the API of the laptop's console. */
export function laptopTarget(portOffset: number): DrillTarget {
  const url = `http://127.0.0.1:${ports.console + portOffset}`;
  const client = new ConsoleClient(url, withOffset('npm start', portOffset));
  const pathOf = (fault: string) => `/api/faults/${encodeURIComponent(fault)}`;

  return {
    title: `the laptop pipeline at port offset ${portOffset}`,
    profile: 'laptop',
    limits,
    background: [
      // On the laptop without Airflow, every seventh scheduled batch run fails on purpose.
      { alert: 'BatchRunFailed', labels: { job: batchJob, dag_id: etlDagId } },
      // Earlier drills use up the error budget. Therefore the alert can fire during any fault.
      { alert: 'ErrorBudgetLow' },
    ],
    faults: async () => {
      const faults = await client.call<readonly FaultStatus[]>('/api/faults').catch((error) => {
        throw new CouldNotRun(messageOf(error));
      });
      await requireReady(client, faults, portOffset);
      return faults;
    },
    inject: async (fault) => {
      await client.call(pathOf(fault), {
        method: 'POST',
        body: { for: longestFaultSeconds },
        withinMs: actionMs,
      });
      const { injectedAt, error } = await client.call<FaultStatus>(pathOf(fault));
      if (injectedAt === undefined) {
        throw new Error(
          error ??
            'The fault ended before the drill read its state, for example because somebody ended it in the console. Start the drill again.',
        );
      }
      return injectedAt;
    },
    restore: async (fault) => {
      await client.call(pathOf(fault), { method: 'DELETE', withinMs: actionMs });
      return Date.now();
    },
    ...consoleReads(client, url),
    isGone: () => areFree([ports.console + portOffset]),
  };
}

/** @throws CouldNotRun if the pipeline is not ready, or if a fault or a schedule is active */
async function requireReady(
  client: ConsoleClient,
  faults: readonly FaultStatus[],
  portOffset: number,
): Promise<void> {
  if (faults.length === 0) {
    throw new CouldNotRun(
      'The pipeline is not ready. Therefore the drill cannot inject faults yet. Wait until npm start prints "Ready". Then start the drill again.',
    );
  }
  const injected = faults.filter((fault) => fault.injected).map(({ name }) => name);
  if (injected.length > 0) {
    throw new CouldNotRun(
      withOffset(
        `These faults are injected already: ${injected.join(', ')}. End them first: npm run drill -- restore, or npm run demo -- clear.`,
        portOffset,
      ),
    );
  }
  const { running } = await client.call<ScheduleStatus>('/api/schedule');
  if (running) {
    throw new CouldNotRun(
      withOffset(
        'A schedule injects faults into the pipeline. Stop it first: npm run demo -- schedule stop.',
        portOffset,
      ),
    );
  }
}
