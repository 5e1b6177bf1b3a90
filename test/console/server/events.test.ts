import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Hono } from 'hono';
import { afterEach, describe, expect, it } from 'vitest';
import { close, listen } from '../../../console/server/listen.ts';
import { LiveHub } from '../../../console/server/live/hub.ts';
import { eventRoutes, maxPages } from '../../../console/server/routes/events.ts';
import { until } from '../../live/processes.ts';

const sockets: Socket[] = [];
const servers: Server[] = [];

async function consoleWith(hub: LiveHub): Promise<number> {
  const server = await listen(new Hono().route('/', eventRoutes(hub)), 0);
  servers.push(server);
  return (server.address() as AddressInfo).port;
}

async function page(port: number): Promise<{ readonly socket: Socket; text(): string }> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString();
  });
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write('GET /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  return { socket, text: () => text };
}

const flows = (at: number, size = 0) => ({ at, rates: {}, failing: size > 0 ? ['x'.repeat(size)] : [] });
const count = (text: string, part: string) => text.split(part).length - 1;

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(servers.splice(0).map(close));
});

function heapBytesAfterGc(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

describe('the event stream', () => {
  it('sends each section of the live state as an event of the same name', async () => {
    const hub = new LiveHub();
    hub.publish('flows', flows(1));
    const { text } = await page(await consoleWith(hub));
    await until(text, () => text().includes('"at":1'), 5000);
    hub.publish('flows', flows(2));
    await until(text, () => text().includes('"at":2'), 5000);
    expect(text()).toContain('content-type: text/event-stream');
    expect(text()).toContain('event: flows\n');
  });

  it('needs no additional memory after many changes', async () => {
    const hub = new LiveHub();
    const response = await eventRoutes(hub).request('/api/events');
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    let received = 0;
    const publish = async (changes: number) => {
      for (let change = 0; change < changes; change += 1) {
        received += 1;
        hub.publish('flows', flows(received));
        await reader.read();
      }
    };
    await publish(2000);
    const before = heapBytesAfterGc();
    await publish(20_000);
    expect((heapBytesAfterGc() - before) / 20_000).toBeLessThan(100);
    await reader.cancel();
  });

  it('ends the subscription of a page that disconnects', async () => {
    const hub = new LiveHub();
    const { socket } = await page(await consoleWith(hub));
    await until(
      () => 'no page',
      () => hub.watched,
      5000,
    );
    socket.destroy();
    await until(
      () => 'the page is still subscribed',
      () => !hub.watched,
      5000,
    );
  });

  it('sends the newest value to a slow page, and skips outdated values', async () => {
    const hub = new LiveHub();
    const slow = await page(await consoleWith(hub));
    await until(slow.text, () => hub.watched, 5000);
    slow.socket.pause();
    const values = 300;
    const size = 200_000;
    for (let at = 1; at <= values; at += 1) {
      hub.publish('flows', flows(at, size));
      await new Promise((resolve) => setImmediate(resolve));
    }
    slow.socket.resume();
    await until(
      () => 'the newest value is missing',
      () => slow.text().includes(`"at":${values},`),
      10_000,
    );
    expect(count(slow.text(), 'event: flows')).toBeLessThan(values / 2);
  });

  it('ends the subscription of a page that stops reading and then disconnects', async () => {
    const hub = new LiveHub();
    const slow = await page(await consoleWith(hub));
    await until(slow.text, () => hub.watched, 5000);
    slow.socket.pause();
    for (let at = 1; at <= 100; at += 1) {
      hub.publish('flows', flows(at, 200_000));
      await new Promise((resolve) => setImmediate(resolve));
    }
    slow.socket.destroy();
    await until(
      () => 'the page is still subscribed',
      () => !hub.watched,
      5000,
    );
  });

  it(`refuses a page if ${maxPages} pages are already open`, async () => {
    const hub = new LiveHub();
    hub.publish('faults', []);
    const port = await consoleWith(hub);
    const open = await Promise.all(Array.from({ length: maxPages }, () => page(port)));
    await until(
      () => 'not every page is open',
      () => open.every(({ text }) => text().includes('event: faults')),
      10_000,
    );
    const refused = await fetch(`http://127.0.0.1:${port}/api/events`);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ detail: expect.stringContaining('Close one of them') });
    open[0]?.socket.destroy();
    await until(
      () => 'no place is free',
      async () => {
        const answer = await fetch(`http://127.0.0.1:${port}/api/events`);
        await answer.body?.cancel();
        return answer.status === 200;
      },
      5000,
    );
  });
});
