import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pRetry from 'p-retry';
import { userCache } from '../../toolchain/index.ts';
import { freePort } from '../../toolchain/port-check.ts';

const baselines = join(import.meta.dirname, 'baselines');
const cache = join(userCache(process.env), 'prometheus-platform', 'bench');

export interface Server {
  readonly port: number;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/** Starts a program on a free port, and waits until the program answers. */
export async function start(
  command: string,
  args: (port: number) => readonly string[],
  { env = {}, path = '/metrics' }: { env?: Readonly<Record<string, string>>; path?: string } = {},
): Promise<Server> {
  const port = await freePort();
  const child: ChildProcess = spawn(command, args(port), {
    env: { PATH: process.env.PATH, PORT: String(port), ...env },
    stdio: 'ignore',
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = () => {
    child.kill('SIGKILL');
    return exited;
  };
  try {
    await answers(`http://127.0.0.1:${port}${path}`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, pid: child.pid ?? 0, stop };
}

/**
 * Waits until a server answers with any status.
 * @throws Error after 30 s without an answer
 */
export async function answers(url: string): Promise<void> {
  await pRetry(() => fetch(url), { ...untilUp, minTimeout: 5 }).catch((cause) => {
    throw new Error(`No server answers at ${url} after 30 s. Start the server by hand to see its error.`, {
      cause,
    });
  });
}

/** Options of p-retry: a constant delay between the attempts, and at most 30 s for all attempts. */
export const untilUp = { retries: Number.POSITIVE_INFINITY, factor: 1, maxRetryTime: 30_000 };

/** NaN if the system does not report the CPU time. */
export function cpuSeconds(pid: number): number {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return Number.NaN;
  const fields = readFileSync(file, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** In MB (10^6 bytes). NaN if the system does not report the memory. */
export function residentMb(pid: number): number {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return Number.NaN;
  return (Number(/VmRSS:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1]) * 1024) / 1e6;
}

/** Creates a virtual environment for the Python baselines. */
function pythonPrograms(): string {
  const folder = join(cache, 'python');
  const marker = join(folder, 'installed.txt');
  const wanted = readFileSync(join(baselines, 'requirements.txt'), 'utf8');
  if (!existsSync(marker) || readFileSync(marker, 'utf8') !== wanted) {
    mkdirSync(cache, { recursive: true });
    execFileSync('python3', ['-m', 'venv', '--clear', folder]);
    execFileSync(join(folder, 'bin/pip'), ['install', '--quiet', '-r', join(baselines, 'requirements.txt')], {
      stdio: 'inherit',
    });
    writeFileSync(marker, wanted);
  }
  return join(folder, 'bin');
}

/** Servers for comparison. Each library is used as in the example of its documentation. */
export const exporters = {
  flask: () =>
    start(join(pythonPrograms(), 'python'), (port) => [join(baselines, 'exporter.py'), String(port)]),
  gunicorn: () =>
    start(join(pythonPrograms(), 'gunicorn'), (port) => [
      // The benchmark needs keep-alive. The default worker (`sync`) closes each connection.
      ...['--workers', '1', '--worker-class', 'gthread', '--threads', '16'],
      ...['--bind', `127.0.0.1:${port}`, '--chdir', baselines, '--log-level', 'critical'],
      'exporter:app',
    ]),
  promClient: () => start(process.execPath, (port) => [join(baselines, 'prom-client.cjs'), String(port)]),
  fixedAnswer: () => start(process.execPath, (port) => [join(baselines, 'fixed-answer.cjs'), String(port)]),
};
