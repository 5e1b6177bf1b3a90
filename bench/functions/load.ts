import { execFileSync, spawn } from 'node:child_process';
import autocannon from 'autocannon';

export interface Load {
  readonly perSecond: number;
  /** Median duration of a request in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly requests: number;
  readonly failed: number;
}

const hasWrk = (() => {
  try {
    execFileSync('wrk', ['--version'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    // `wrk --version` exits with 1. The code ENOENT means that wrk is not installed.
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
})();

export const generator = hasWrk ? 'wrk' : 'autocannon';

/** Sends requests over keep-alive connections. */
export async function load(url: string, { connections = 16, seconds = 5 } = {}): Promise<Load> {
  return hasWrk ? wrk(url, connections, seconds) : cannon(url, connections, seconds);
}

async function cannon(url: string, connections: number, duration: number): Promise<Load> {
  const { requests, latency, errors, non2xx } = await autocannon({ url, connections, duration });
  return {
    perSecond: requests.average,
    p50: latency.p50,
    p99: latency.p99,
    requests: requests.total,
    failed: errors + non2xx,
  };
}

async function wrk(url: string, connections: number, seconds: number): Promise<Load> {
  const child = spawn('wrk', ['-t1', `-c${connections}`, `-d${seconds}`, '--latency', url]);
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  await new Promise((resolve) => child.once('close', resolve));
  const found = (pattern: RegExp) => pattern.exec(text)?.[1] ?? '0';
  const socketErrors =
    /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(text)?.slice(1) ?? [];
  return {
    perSecond: Number(found(/Requests\/sec:\s+([\d.]+)/)),
    p50: milliseconds(found(/^\s+50%\s+(\S+)/m)),
    p99: milliseconds(found(/^\s+99%\s+(\S+)/m)),
    requests: Number(found(/(\d+) requests in/)),
    failed: [found(/Non-2xx or 3xx responses: (\d+)/), ...socketErrors].reduce(
      (sum, count) => sum + Number(count),
      0,
    ),
  };
}

function milliseconds(text: string): number {
  const [, value, unit = 'ms'] = /^([\d.]+)(us|ms|s)?$/.exec(text) ?? [];
  return Number(value) * ({ us: 0.001, ms: 1, s: 1000 }[unit] ?? 1);
}
