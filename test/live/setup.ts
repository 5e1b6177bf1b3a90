import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { LaptopEngine } from '../../config/topology.ts';
import { shiftPorts } from '../../demo/settings.ts';
import { laptopSystem } from '../../verify/laptop.ts';
import { findingsTable } from '../../verify/table.ts';
import { verifyWithin } from '../../verify/verify.ts';
import { startPipeline, statusAt, until } from './processes.ts';

const portOffset = Number(process.env.LIVE_PORT_OFFSET ?? 20_000);
/** Enough time to build the programs. */
const startTimeoutMs = 25 * 60_000;
const firstDataTimeoutMs = 30_000;
const root = join(import.meta.dirname, '..', '..');

export function setup(project: TestProject): Promise<() => Promise<void>> {
  return setUpPipeline(project, portOffset, 'prometheus');
}

export async function setUpPipeline(
  project: TestProject,
  portOffset: number,
  engine: LaptopEngine,
): Promise<() => Promise<void>> {
  const start = startPipeline(['--fresh', '--engine', engine, '--port-offset', String(portOffset)]);
  let ended: number | string | undefined;
  void start.ended.then((how) => {
    ended = how;
  });
  const isReady = () => ended !== undefined || /^Ready in /m.test(start.output());
  await until(() => `the pipeline is not ready:\n${start.output()}`, isReady, startTimeoutMs);
  if (ended !== undefined) throw new Error(`The pipeline ended with ${ended}:\n${start.output()}`);

  const readyAt = Date.now();
  const findings = await verifyWithin(laptopSystem(portOffset, engine), firstDataTimeoutMs);
  const seconds = (Date.now() - readyAt) / 1000;
  const ports = shiftPorts(portOffset);
  const { components } = await statusAt(ports.console);
  const residentBytes = components.reduce((sum, { rssBytes }) => sum + rssBytes, 0);
  console.log(
    `${start.output()}\n\nVerified ${seconds.toFixed(1)} s after readiness, with ${(residentBytes / 1e6).toFixed(0)} MB of resident memory:\n${findingsTable(findings)}`,
  );

  project.provide('laptop', {
    portOffset,
    ports,
    dataDir: join(root, '.demo', `offset-${portOffset}`),
    supervisorPid: start.child.pid as number,
    readyReport: start.output(),
    firstLook: { findings, seconds, residentBytes },
  });
  return async () => {
    start.child.kill('SIGINT');
    await start.ended;
  };
}
