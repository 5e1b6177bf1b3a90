import { createServer } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { sourcePorts } from '../../sources/index.ts';

const verify = (...args: string[]) =>
  execa(process.execPath, ['--import', 'tsx', 'verify/main.ts', ...args], {
    cwd: join(import.meta.dirname, '../..'),
    reject: false,
    timeout: 30_000,
  });

/** Where a pipeline would have its Prometheus on a port that nobody listens on. */
async function idleOffset(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port - sourcePorts.prometheus;
}

describe.concurrent('npm run verify', () => {
  it('fails where nothing runs, and says how to start it', async () => {
    const { exitCode, stdout, stderr } = await verify('laptop', '--port-offset', `${await idleOffset()}`);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/ECONNREFUSED.*\n0 in order, \d+ failing/s);
    expect(stderr).toContain('Is npm start running, and with this --port-offset?');
  });

  it('fails on a system that is not known, with its usage', async () => {
    const { exitCode, stderr } = await verify('lptop');
    expect(exitCode).not.toBe(0);
    expect(stderr).toMatch(/Expected one of laptop, .*Usage: npm run verify -- \[options\] <system>/s);
  });
});
