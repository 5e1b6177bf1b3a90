import type { TestProject } from 'vitest/node';
import { shiftPorts } from '../../demo/settings.ts';
import { laptopSystem } from '../../verify/laptop.ts';
import { findingsTable } from '../../verify/table.ts';
import { verifyWithin } from '../../verify/verify.ts';
import { startPipeline, until } from '../live/processes.ts';

/**
 * Port offset of the pipeline. It must differ from the offset of the live tests, because they can run at the same time.
 */
const portOffset = Number(process.env.BROWSER_PORT_OFFSET ?? 30_000);
/** The limit is long, because the start may have to build the programs first. */
const startTimeoutMs = 25 * 60_000;
const firstDataTimeoutMs = 60_000;

/**
 * Starts a pipeline and waits until verify passes. With `BROWSER_PIPELINE=<offset>`, the tests use a running pipeline.
 * This saves the start while a developer writes a page.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env.BROWSER_PIPELINE;
  if (running !== undefined) {
    project.provide('pipeline', { ports: shiftPorts(Number(running)), supervisorPid: 0 });
    return async () => {};
  }
  const start = startPipeline(['--fresh', '--port-offset', String(portOffset)]);
  let ended: number | string | undefined;
  void start.ended.then((how) => {
    ended = how;
  });
  const isReady = () => ended !== undefined || /^Ready in /m.test(start.output());
  await until(() => `the pipeline is not ready:\n${start.output()}`, isReady, startTimeoutMs);
  if (ended !== undefined) throw new Error(`The pipeline ended with ${ended}:\n${start.output()}`);
  const findings = await verifyWithin(laptopSystem(portOffset), firstDataTimeoutMs);
  if (findings.some(({ verdict }) => verdict === 'fail')) throw new Error(findingsTable(findings));
  project.provide('pipeline', {
    ports: shiftPorts(portOffset),
    supervisorPid: start.child.pid as number,
  });
  return async () => {
    start.child.kill('SIGINT');
    await start.ended;
  };
}
