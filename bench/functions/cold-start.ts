import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import pRetry from 'p-retry';
import { freePort } from '../../toolchain/port-check.ts';
import { atMost, figure, median } from '../figures.ts';
import { untilUp } from './servers.ts';

const rounds = 21;

/** Time from the start of a program to its first HTTP answer. The baseline is an empty program. */
export async function coldStarts(bundles: Readonly<Record<string, string>>): Promise<void> {
  const names = Object.keys(bundles);
  const nothing: number[] = [];
  const starts = new Map<string, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    nothing.push(await timeToEnd());
    for (const [name, bundle] of Object.entries(bundles)) starts.get(name)?.push(await timeToAnswer(bundle));
  }
  console.log(`\n  cold start, median of ${rounds} rounds, measured alternately`);
  figure('node -e 0', `${median(nothing).toFixed(0)} ms`);
  for (const name of names) {
    const time = median(starts.get(name) ?? []);
    const ratio = time / median(nothing);
    figure(
      `${name}, to its first answer`,
      `${time.toFixed(0)} ms, ${ratio.toFixed(2)}×`,
      atMost(ratio, 1.6, '×'),
    );
  }
}

async function timeToEnd(): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' });
  await new Promise((resolve) => child.once('exit', resolve));
  return performance.now() - startedAt;
}

async function timeToAnswer(bundle: string): Promise<number> {
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawn(process.execPath, [bundle], {
    env: { PORT: String(port), USDT_UPSTREAM_URL: 'http://127.0.0.1:1/' },
    stdio: 'ignore',
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  try {
    await pRetry(() => firstByte(port), { ...untilUp, minTimeout: 1 });
    return performance.now() - startedAt;
  } finally {
    child.kill('SIGKILL');
    await exited;
  }
}

function firstByte(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    });
    const refuse = (cause?: Error) => {
      socket.destroy();
      reject(new Error(`no server answers at port ${port}`, { cause }));
    };
    socket.once('data', (data: Buffer) => {
      if (!data.toString('latin1').startsWith('HTTP/1.1 200')) return refuse();
      socket.destroy();
      resolve();
    });
    socket.once('error', refuse);
    socket.once('close', () => refuse());
  });
}
