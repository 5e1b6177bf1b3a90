import { Argument, type Command, Option } from 'commander';
import { etlStages } from '../../metrics/definitions/batch-pusher.ts';
import { notation } from '../../metrics/duration.ts';
import { type BatchStatus, batchModes } from '../controls/batch.ts';
import { type Bounds, scheduleBounds, scheduleDefaults, trafficBounds } from '../controls/bounds.ts';
import type { FaultStatus } from '../controls/faults.ts';
import type { ScheduleStatus } from '../controls/schedule.ts';
import { type TrafficStatus, trafficClusters, trafficModes } from '../controls/traffic.ts';
import type { PipelineStatus } from '../controls.ts';
import { batchRefusal, batchSentence } from './batch-answer.ts';
import { type ConsoleClient, Refused } from './client.ts';
import { addFaults } from './faults.ts';
import type { Output, Run } from './output.ts';
import {
  type AlertsAnswer,
  alertsLine,
  batchText,
  componentTable,
  firingOf,
  injectedText,
  readyLine,
  scheduleText,
  trafficTable,
} from './tables.ts';
import { decimal, durationSeconds, durationWithin, wholeNumber } from './values.ts';

export function addCommands(program: Command, run: Run): void {
  program
    .command('status')
    .description(
      'shows the components, the firing alerts, the faults, the schedule, the traffic and the batch',
    )
    .action(() => run(status));
  addFaults(program, run);
  addSchedule(program, run);
  addTraffic(program, run);
  addBatch(program, run);
}

async function status(client: ConsoleClient): Promise<Output> {
  const [pipeline, faults] = await Promise.all([
    client.call<PipelineStatus>('/api/status'),
    client.call<readonly FaultStatus[]>('/api/faults'),
  ]);
  if (!pipeline.ready && faults.length === 0) {
    return {
      text: `${componentTable(pipeline)}\n\nThe pipeline is still starting. Its output shows the progress.`,
      data: { pipeline },
    };
  }
  const [alerts, schedule, traffic, batch] = await Promise.all([
    client.call<AlertsAnswer>('/api/alerts'),
    ifOffered(client.call<ScheduleStatus>('/api/schedule')),
    ifOffered(Promise.all(trafficClusters.map((name) => client.call<TrafficStatus>(`/api/traffic/${name}`)))),
    ifOffered(client.call<BatchStatus>('/api/batch')),
  ]);
  const now = Date.now();
  const sections = [
    componentTable(pipeline),
    ...(schedule ? [`Schedule\n${scheduleText(schedule, now)}`] : []),
    ...(traffic ? [`Traffic\n${trafficTable(traffic)}`] : []),
    ...(batch ? [`Batch\n${batchText(batch)}`] : []),
    `Faults\n${injectedText(faults, now)}`,
    `${readyLine(pipeline)}\n${alertsLine(alerts)}`,
  ];
  return {
    text: sections.join('\n\n'),
    data: { pipeline, firing: firingOf(alerts), faults, schedule, traffic, batch },
  };
}

/** The console refuses a request for a missing control, such as the fault schedule. */
async function ifOffered<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

function addSchedule(program: Command, run: Run): void {
  const schedule = program.command('schedule').description('shows, starts or stops a schedule of faults');
  schedule.action(() =>
    run(async (client) => {
      const data = await client.call<ScheduleStatus>('/api/schedule');
      return { text: scheduleText(data, Date.now()), data };
    }),
  );
  schedule
    .command('start')
    .description('injects one fault after another')
    .addOption(
      duration('--every', 'time from one fault to the next', scheduleDefaults.every, scheduleBounds.every),
    )
    .addOption(
      duration('--length', 'time until the schedule ends', scheduleDefaults.length, scheduleBounds.length),
    )
    .option(
      '--hold <duration>',
      'time that each fault lasts (default: half of --every)',
      durationWithin(scheduleBounds.hold),
    )
    .option('--seed <N>', 'the same seed gives the same order (default: random)', wholeNumber)
    .action((options: object) =>
      run(async (client) => {
        const data = await client.call<ScheduleStatus>('/api/schedule', { method: 'POST', body: options });
        return { text: scheduleText(data, Date.now()), data };
      }),
    );
  schedule
    .command('stop')
    .description('ends the schedule and its fault')
    .action(() =>
      run(async (client) => {
        const { running } = await client.call<ScheduleStatus>('/api/schedule');
        await client.call('/api/schedule', { method: 'DELETE', withinMs: 120_000 });
        const text = running ? 'The schedule is stopped.' : 'No schedule was running.';
        return { text, data: await client.call<ScheduleStatus>('/api/schedule') };
      }),
    );
}

function duration(flag: string, text: string, usual: number, bounds: Bounds): Option {
  return new Option(`${flag} <duration>`, text)
    .default(usual, notation(usual))
    .argParser(durationWithin(bounds));
}

function addTraffic(program: Command, run: Run): void {
  program
    .command('traffic')
    .description('shows the traffic of NATS, or changes it')
    .addArgument(new Argument('[cluster]', 'cluster to change or to show').choices(trafficClusters))
    .option('--rate <N>', 'messages a second', decimal)
    .option('--size <bytes>', 'bytes of a message', wholeNumber)
    .option('--clients <N>', 'connections that publish', wholeNumber)
    .addOption(new Option('--mode <mode>', 'starts or stops the publishers').choices(trafficModes))
    .action((cluster: (typeof trafficClusters)[number] | undefined, options: object) =>
      run(async (client) => {
        const isChange = Object.keys(options).length > 0;
        if (isChange && cluster === undefined) {
          throw new Refused(
            `A change of the traffic needs the name of a cluster. Add ${trafficClusters.join(' or ')} to the command.`,
          );
        }
        const names = cluster ? [cluster] : trafficClusters;
        const request = isChange ? ({ method: 'PUT', body: options } as const) : {};
        const data = await Promise.all(
          names.map((name) => client.call<TrafficStatus>(`/api/traffic/${name}`, request)),
        );
        return { text: trafficTable(data), data };
      }),
    );
  program
    .command('burst')
    .description(`publishes up to ${trafficBounds.burst.max} messages at once`)
    .addArgument(new Argument('[cluster]', 'cluster').choices(trafficClusters).default('primary'))
    .option('--messages <N>', 'number of messages (default: 5000, fewer for large messages)', wholeNumber)
    .action((cluster: string, options: object) =>
      run(async (client) => {
        const data = await client.call<{ published: number }>('/api/traffic/burst', {
          method: 'POST',
          body: { cluster, ...options },
          withinMs: 60_000,
        });
        return { text: `The server has accepted ${data.published} messages.`, data };
      }),
    );
}

interface BatchOptions {
  readonly failAt?: string;
  readonly slow?: number;
  readonly records?: number;
  readonly schedule?: string;
}

function addBatch(program: Command, run: Run): void {
  program
    .command('batch')
    .description('runs the batch at once, or changes its schedule')
    .addOption(new Option('--fail-at <stage>', 'the stage that fails').choices(etlStages))
    .option('--slow <duration>', 'the run lasts at least this time', durationSeconds)
    .option('--records <N>', 'records to generate', wholeNumber)
    .addOption(
      new Option(
        '--schedule <mode>',
        'sets the mode of the schedule, and starts no run; the mode "failing" makes each scheduled run fail',
      )
        .choices(batchModes)
        .conflicts(['failAt', 'slow', 'records']),
    )
    .action(({ failAt, slow, records, schedule }: BatchOptions) =>
      run(async (client) => {
        if (schedule !== undefined) {
          await client.call('/api/batch/schedule', { method: 'PUT', body: { mode: schedule } });
          const data = await client.call<BatchStatus>('/api/batch');
          return { text: batchText(data), data };
        }
        const body = { failAt, durationSeconds: slow, records };
        const withinMs = 120_000 + (slow ?? 0) * 1000;
        const data = await client.call<{ status: number; answer: string }>('/api/batch', {
          method: 'POST',
          body,
          withinMs,
        });
        if (data.status >= 400) {
          throw new Refused(batchRefusal(data.status, data.answer));
        }
        return { text: batchSentence(data.answer), data };
      }),
    );
}
