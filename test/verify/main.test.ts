import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sourcePorts } from '../../sources/index.ts';
import { tunnelTo } from '../toolchain/release-server.ts';

const verify = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  execa(process.execPath, ['--import', 'tsx', 'verify/main.ts', ...args], {
    cwd: join(import.meta.dirname, '../..'),
    env,
    reject: false,
    timeout: 30_000,
  });

async function idleOffset(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port - sourcePorts.prometheus;
}

describe.concurrent('npm run verify', () => {
  it('suggests npm start if no pipeline runs', async () => {
    const { exitCode, stdout, stderr } = await verify(['laptop', '--port-offset', `${await idleOffset()}`]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/ECONNREFUSED.*\nChecks: 0 passed, \d+ failed/s);
    expect(stderr).toContain(
      'Check that the pipeline (npm start) runs with the --port-offset of this command.',
    );
  });

  it('suggests npm start with the engine thanos if Thanos does not answer', async () => {
    const args = ['laptop', '--engine', 'thanos', '--port-offset', `${await idleOffset()}`];
    const { exitCode, stderr } = await verify(args);
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      'Thanos does not answer. Check that the pipeline (npm start) runs with the --port-offset of this command and with the engine thanos. Without the option --engine, verify reads the engine from the console of the pipeline.',
    );
  });

  it('connects to the laptop pipeline without a proxy', async () => {
    const { address, asked } = await tunnelTo(undefined);
    const proxies = { HTTP_PROXY: `http://${address}`, http_proxy: '', NO_PROXY: '', no_proxy: '' };
    const env = { ...proxies, NODE_USE_ENV_PROXY: '1' };
    const { stdout } = await verify(['laptop', '--port-offset', `${await idleOffset()}`], env);
    expect(stdout).toMatch(/ECONNREFUSED 127\.0\.0\.1/);
    expect(asked).toEqual([]);
  });

  it('fails for an unknown system, and prints the usage', async () => {
    const { exitCode, stderr } = await verify(['lptop']);
    expect(exitCode).not.toBe(0);
    expect(stderr).toMatch(/Expected one of laptop, .*Usage: npm run verify -- \[options\] <system>/s);
  });
});

it('npm run verify reports an option that npm did not pass to the command because "--" was missing', async () => {
  const { exitCode, stderr } = await verify(['laptop', '8000'], { npm_config_port_offset: 'true' });
  expect(exitCode).toBe(1);
  expect(stderr).toBe(
    'error: npm did not pass these options to the command: --port-offset. Repeat the command with -- before the first option.\n(Write options after a separate --: npm run verify -- --help lists them.)',
  );
});

it('npm run verify suggests --wait if the checks fail and Prometheus started recently', async () => {
  const server = createHttpServer(({ url }, response) => {
    const startTime = new Date().toISOString();
    response.statusCode = url?.endsWith('/runtimeinfo') ? 200 : 503;
    response.end(JSON.stringify({ status: 'success', data: { startTime } }));
  });
  const offset = await idleOffset();
  await new Promise<void>((resolve) =>
    server.listen(offset + sourcePorts.prometheus, '127.0.0.1', () => resolve()),
  );
  onTestFinished(() => void server.close());
  const { exitCode, stderr } = await verify(['laptop', '--port-offset', `${offset}`]);
  expect(stderr).toMatch(/^The system started only \d+ s ago, .* Add --wait 60: /m);
  expect(exitCode).toBe(1);
});
