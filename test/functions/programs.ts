import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { obtainPrograms, type ProgramName } from '../../toolchain/index.ts';

/** Enough time to build a program. */
export const obtainTimeoutMs = 600_000;

/** Path of the program in the version that the charts install. */
export async function pathOf(name: ProgramName): Promise<string> {
  return (await obtainPrograms({ names: [name] }))[name].path;
}

export interface RunningProgram {
  readonly url: string;
  readonly child: ChildProcess;
  readonly folder: string;
}

/** Runs a real program until the test ends. Resolves when the program is ready. */
export async function running(
  name: ProgramName,
  args: (options: { readonly address: string; readonly folder: string }) => readonly string[],
): Promise<RunningProgram> {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(await pathOf(name), args({ address, folder }), { cwd: folder, stdio: 'ignore' });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
    rmSync(folder, { recursive: true });
  });
  const url = `http://${address}`;
  await eventually(async () => (await fetch(`${url}/-/ready`)).ok);
  return { url, child, folder };
}

/** Repeats a check until it returns true. An error counts as false. */
export async function eventually(condition: () => Promise<boolean>, seconds = 30): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await condition().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`not within ${seconds} s: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
