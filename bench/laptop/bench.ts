import { setTimeout as delay } from 'node:timers/promises';
import { shiftPorts } from '../../demo/settings.ts';
import { documentedQueries } from '../../metrics/queries.ts';
import { type Start, startPipeline, statusAt, until } from '../../test/live/processes.ts';
import { prometheusApi } from '../../verify/prometheus-api.ts';
import { figure, spread } from '../figures.ts';

const runs = 5;
const portOffset = 14_700;
const ports = shiftPorts(portOffset);
const prometheus = prometheusApi(`http://127.0.0.1:${ports.prometheus}`);

/** Measures the start, the first data, the memory and the stop of the laptop pipeline. */
export async function bench(): Promise<void> {
  const first = await start();
  await stop(first.pipeline);

  const starts: number[] = [];
  const ends: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const { pipeline, ms } = await start();
    starts.push(ms);
    ends.push(await stop(pipeline));
  }
  figure('warm start to ready', spread(starts, 'ms'));
  figure('Ctrl-C to the end of all processes', spread(ends, 'ms'));

  const { pipeline } = await start('--fresh');
  const ready = Date.now();
  const waits = await Promise.all(
    documentedQueries.map(async ({ expr }) => {
      const hasData = async () => (await prometheus.query(expr).catch(() => [])).length > 0;
      await until(() => `no data for ${expr}`, hasData, 60_000);
      return Date.now() - ready;
    }),
  );
  figure('first data of a documented query', spread(waits, 'ms'));
  await delay(Math.max(0, ready + 60_000 - Date.now()));
  const { components } = await statusAt(ports.console);
  console.log('  resident memory a minute after readiness, MB');
  for (const { name, rssBytes } of components) console.log(`    ${name.padEnd(20)} ${megabytes(rssBytes)}`);
  console.log(
    `    ${'together'.padEnd(20)} ${megabytes(components.reduce((sum, c) => sum + c.rssBytes, 0))}`,
  );
  await stop(pipeline);
}

async function start(...options: string[]): Promise<{ pipeline: Start; ms: number }> {
  const started = Date.now();
  const pipeline = startPipeline(['--port-offset', String(portOffset), ...options]);
  const settled = () => pipeline.child.exitCode !== null || /^Ready in /m.test(pipeline.output());
  await until(pipeline.output, settled, 25 * 60_000);
  if (pipeline.child.exitCode !== null) throw new Error(pipeline.output());
  return { pipeline, ms: Date.now() - started };
}

async function stop(pipeline: Start): Promise<number> {
  const asked = Date.now();
  pipeline.child.kill('SIGINT');
  await pipeline.ended;
  return Date.now() - asked;
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0).padStart(5);
