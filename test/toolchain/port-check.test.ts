import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { areFree, holderFromLsof, takenPorts } from '../../toolchain/port-check.ts';
import { script, workbench } from '../toolchain/workbench.ts';

let server: Server | undefined;
afterEach(() => server?.close());

function listenSomewhere(host: string): Promise<number> {
  const opened = createServer();
  server = opened;
  return new Promise((resolve) =>
    opened.listen(0, host, () => resolve((opened.address() as AddressInfo).port)),
  );
}

it.each(['127.0.0.1', '0.0.0.0'])('a port in use on %s is reported with its process', async (host) => {
  const port = await listenSomewhere(host);
  const taken = await takenPorts([port]);
  expect(taken).toEqual([{ port, holder: expect.stringContaining(`(pid ${process.pid})`) }]);
  expect(await areFree([port])).toBe(false);
});

it('the port check does not list a free port as taken', async () => {
  const port = await listenSomewhere('127.0.0.1');
  await new Promise((resolve) => server?.close(resolve));
  expect(await takenPorts([port])).toEqual([]);
  expect(await areFree([port])).toBe(true);
});

it('the process that uses a port is read from the output of lsof, as on macOS', async () => {
  const { bin, root } = workbench();
  script(`${bin}/lsof`, `echo "$*" > '${root}/asked'; printf 'p4242\\ncnginx\\nf7\\n'`);
  vi.stubEnv('PATH', bin);
  try {
    expect(await holderFromLsof(9090)).toBe('nginx (pid 4242)');
  } finally {
    vi.unstubAllEnvs();
  }
  expect(readFileSync(`${root}/asked`, 'utf8')).toBe('-nP -iTCP:9090 -sTCP:LISTEN -Fpc\n');
});
