import { createServer, type Server } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { blockedPorts } from '../../config/blocked-ports.ts';
import { describeConflict } from '../../demo/port-conflict.ts';
import { shiftPorts } from '../../demo/settings.ts';
import { areFree } from '../../toolchain/port-check.ts';

let server: Server | undefined;
afterEach(() => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())));

async function idleOffset(): Promise<number> {
  for (let offset = 40_000 + (process.pid % 1000); offset < 50_000; offset += 37) {
    if (await areFree(Object.values(shiftPorts(offset)))) return offset;
  }
  throw new Error('No offset has only free ports.');
}

async function pipelineAt(offset: number): Promise<void> {
  const body = JSON.stringify({ ready: true, components: [{ name: 'console', pid: 4242 }] });
  const console_ = createServer((_, response) => response.end(body));
  server = console_;
  await new Promise<void>((resolve) => console_.listen(shiftPorts(offset).console, '127.0.0.1', resolve));
}

it('the message about a used port reports that a pipeline with the same port offset runs', async () => {
  const offset = await idleOffset();
  await pipelineAt(offset);
  const { console: port } = shiftPorts(offset);
  const text = await describeConflict({ portOffset: offset }, [{ port, holder: 'node (pid 4242)' }]);
  expect(text).toContain(`The pipeline already runs (pid 4242): http://127.0.0.1:${port}`);
  expect(text).not.toContain('is in use by');
});

it('the message about used ports names the other pipeline that uses the ports', async () => {
  const offset = await idleOffset();
  await pipelineAt(offset);
  const { pushgateway } = shiftPorts(offset);
  const taken = [
    { port: pushgateway, holder: 'pushgateway (pid 4300)' },
    { port: 2, holder: 'nginx (pid 7)' },
  ];
  const text = await describeConflict({ portOffset: offset + 1 }, taken);
  expect(text).toContain(
    `The pipeline with --port-offset ${offset} (pid 4242, http://127.0.0.1:${shiftPorts(offset).console}) uses ${pushgateway}.`,
  );
  expect(text).not.toContain('pid 4300');
  expect(text).toContain('Port 2 is in use by nginx (pid 7).');
  expect(text).toContain('Or end that pipeline (kill 4242) and end the programs that use 2.');
});

it('the message about a used port suggests an offset whose ports are free and allowed by browsers', async () => {
  const text = await describeConflict({ portOffset: 0 }, [{ port: 1, holder: undefined }]);
  expect(text).toMatch(/^Port 1 is in use\.\nNothing was started\./);
  const suggested = Number(/npm start -- --port-offset (\d+)/.exec(text)?.[1]);
  expect(await areFree(Object.values(shiftPorts(suggested)))).toBe(true);
  expect(blockedPorts(shiftPorts(suggested))).toEqual([]);
});

it('the message about a used port suggests an offset at which no pipeline runs', async () => {
  const first = Number(
    /offset (\d+)/.exec(await describeConflict({ portOffset: 0 }, [{ port: 1, holder: undefined }]))?.[1],
  );
  await pipelineAt(first);
  const text = await describeConflict({ portOffset: 0 }, [{ port: 1, holder: undefined }]);
  expect(Number(/offset (\d+)/.exec(text)?.[1])).toBeGreaterThan(first);
});
