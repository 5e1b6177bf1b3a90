import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { blockedPorts } from '../../config/blocked-ports.ts';
import { ports } from '../../config/topology.ts';
import { laptopSourcePorts } from '../../sources/index.ts';
import { signalGroup, startGuard } from '../../toolchain/index.ts';
import { areFree } from '../../toolchain/port-check.ts';
import { laptopSystem } from '../../verify/laptop.ts';
import { findingsTable } from '../../verify/table.ts';
import { isSound, verifyWithin } from '../../verify/verify.ts';
import { CouldNotRun } from '../target.ts';

/** All ports stay below 32,768, the first outgoing port of Linux. */
const offsets = [18_200, 17_700, 16_300, 15_100, 14_300, 13_700] as const;
/** The first start also builds the programs. */
const startMs = 25 * 60_000;
const firstDataMs = 60_000;
const stopMs = 15_000;
const lastLines = 30;

export interface OwnPipeline {
  readonly portOffset: number;
  stop(): Promise<void>;
}

/**
 * Starts and checks a pipeline.
 * @param options further options of `npm start`
 * @throws CouldNotRun
 */
export async function startOwnPipeline(
  root: string,
  signal: AbortSignal,
  say: (sentence: string) => void,
  options: readonly string[] = [],
): Promise<OwnPipeline> {
  const portOffset = await freeOffset();
  say(`Starting a pipeline at port offset ${portOffset}.`);
  // Without `detached`, Ctrl-C in the terminal would end the pipeline before the drill ends its faults.
  const child = spawn(
    process.execPath,
    [
      'demo/start.mjs',
      '--no-open',
      '--no-grafana',
      '--fresh',
      '--port-offset',
      String(portOffset),
      ...options,
    ],
    { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const guard = startGuard();
  if (child.pid !== undefined) guard.add(child.pid);
  const stop = async () => {
    await end(child);
    if (child.pid !== undefined) guard.remove(child.pid);
    guard.release();
  };
  try {
    await ready(child, signal);
    const findings = await verifyWithin(laptopSystem(portOffset), firstDataMs);
    if (!isSound(findings)) {
      throw new CouldNotRun(
        `The drill started its own pipeline, but after ${firstDataMs / 1000} s these checks fail. ` +
          `Fix the causes, and start the drill again.\n${findingsTable(findings)}`,
      );
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { portOffset, stop };
}

async function freeOffset(): Promise<number> {
  const base = { ...ports, ...laptopSourcePorts };
  for (const offset of offsets) {
    const shifted = Object.fromEntries(Object.entries(base).map(([name, port]) => [name, port + offset]));
    if (blockedPorts(shifted).length === 0 && (await areFree(Object.values(shifted)))) return offset;
  }
  throw new CouldNotRun(
    'The drill cannot start its own pipeline, because other programs use the ports. ' +
      `The drill tried the port offsets ${offsets.join(', ')}. Choose another offset <N>. ` +
      'For npm run drill, start a pipeline with: npm start -- --port-offset <N>. ' +
      'For npm run restore-drill, start a pipeline with: npm start -- --port-offset <N> --admin-api. ' +
      'When the pipeline is ready, run the drill with the option --port-offset <N>.',
  );
}

async function ready(child: ChildProcess, signal: AbortSignal): Promise<void> {
  let output = '';
  const keep = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  child.once('error', ({ message }) => {
    output += message;
  });
  const tail = () => output.trimEnd().split('\n').slice(-lastLines).join('\n');
  const deadline = Date.now() + startMs;
  while (!/^Ready in /m.test(output)) {
    if (signal.aborted) throw new CouldNotRun('The drill was interrupted.');
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new CouldNotRun(
        'The drill started its own pipeline with npm start, which failed. Fix the error, and start the drill again. ' +
          `The output of npm start ends with:\n${tail()}`,
      );
    }
    if (Date.now() > deadline) {
      throw new CouldNotRun(
        `The pipeline of the drill is not ready after ${startMs / 60_000} min:\n${tail()}`,
      );
    }
    await delay(200, undefined, { signal }).catch(() => {});
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  const timer = setTimeout(() => signalGroup(child.pid as number, 'SIGKILL'), stopMs);
  await ended;
  clearTimeout(timer);
}
