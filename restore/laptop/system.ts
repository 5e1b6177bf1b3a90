import { setTimeout as delay } from 'node:timers/promises';
import { laptopTarget } from '../../drill/laptop/target.ts';
import { CouldNotRun } from '../../drill/target.ts';
import { messageOf } from '../../drill/wait.ts';
import { alertmanagerApi } from '../../verify/alertmanager-api.ts';
import { laptopSystem, runningEngine } from '../../verify/laptop.ts';
import { isSound, verifyWithin } from '../../verify/verify.ts';
import { requireNoStop } from '../drill.ts';
import type { RestoreSystem } from '../store.ts';
import { addDrillSilence, removeDrillSilences } from '../stores/silences.ts';
import { pushedGroups } from './groups.ts';
import { messages, servers } from './messages.ts';
import { type Pipeline, pipelineAt } from './pipeline.ts';
import { samples } from './samples.ts';
import { silences } from './silences.ts';

/** Fault that adds data to the Pushgateway and to the notification log of Alertmanager. */
const fault = 'batch-clock-ahead';
const alert = 'BatchClockAhead';
const notifiedMs = 60_000;
const healthyMs = 30_000;
const pollMs = 500;

export interface LaptopOptions {
  readonly portOffset: number;
  readonly folder: string;
  /** True if the user started the pipeline. In this case, the drill asks the user before it deletes data. */
  readonly asks: boolean;
  /** True for `restore-drill -- restore`, which restores the stores of an earlier drill. */
  readonly restoresOnly: boolean;
  readonly signal: AbortSignal;
  /** Stops the pipeline if the drill has started it. */
  readonly close: () => Promise<void>;
}

const laptopStores = (pipeline: Pipeline) => [
  samples(pipeline),
  pushedGroups(pipeline),
  silences(pipeline),
  ...servers.map((server) => messages(pipeline, server)),
];

/**
 * Opens a laptop pipeline for the drill.
 * @throws CouldNotRun if the pipeline runs with Thanos
 */
export async function laptopRestore(options: LaptopOptions): Promise<RestoreSystem> {
  const { portOffset, folder, asks, signal, close } = options;
  const pipeline = pipelineAt(portOffset, folder);
  if ((await runningEngine(portOffset)) === 'thanos') {
    throw new CouldNotRun(
      'The pipeline runs with the engine thanos. The restore drill works only with the engine prometheus, because the drill restores the samples from a snapshot of Prometheus. Start the pipeline with --admin-api and without --engine thanos.',
    );
  }
  const target = laptopTarget(portOffset);
  let isInjected = options.restoresOnly;
  const alertmanager = alertmanagerApi(pipeline.urls.alertmanager);
  return {
    title: `the laptop pipeline at port offset ${portOffset}`,
    asks,
    restoreSeconds: 60,
    stores: laptopStores(pipeline),
    prepare: async () => {
      await target.faults();
      isInjected = true;
      await target.inject(fault);
      await notified(target.incidents, signal);
      await addDrillSilence(alertmanager, { name: 'alertname', value: alert });
    },
    tidy: async () => {
      if (!isInjected) return;
      await removeDrillSilences(alertmanager);
      await target.restore(fault);
    },
    problems: async () => {
      const findings = await verifyWithin(laptopSystem(portOffset), healthyMs);
      return isSound(findings)
        ? []
        : findings
            .filter(({ verdict }) => verdict === 'fail' || verdict === 'wait')
            .map(({ check, detail }) => `${check}: ${detail}`);
    },
    close,
  };
}

/** Waits until Alertmanager has sent a notification of the alert. @throws CouldNotRun */
async function notified(
  incidents: ReturnType<typeof laptopTarget>['incidents'],
  signal: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + notifiedMs;
  let last = `the alert ${alert} does not fire, or Alertmanager sends no notification of this alert`;
  for (;;) {
    requireNoStop(signal);
    try {
      const found = (await incidents()).find((incident) => incident.alert === alert);
      if (found?.times.notified !== undefined) return;
    } catch (error) {
      last = messageOf(error);
    }
    if (Date.now() > deadline) {
      throw new CouldNotRun(
        `No notification of the alert ${alert} arrived within ${notifiedMs / 1000} s (${last}). Nothing was deleted. If your own pipeline runs, check this pipeline: npm run verify -- laptop --port-offset <N>. Otherwise, start a pipeline with npm start, and run npm run verify -- laptop.`,
      );
    }
    await delay(pollMs, undefined, { signal }).catch(() => {});
  }
}
