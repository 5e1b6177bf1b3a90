import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RemoteWriteListener } from '../../../demo/listener/remote-write-listener.ts';

interface Received {
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const received: Received[] = [];
let receiver: Server;
let listener: RemoteWriteListener;
let port: number;

async function freePort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: free } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return free;
}

function send(path = '/api/v1/write', method = 'POST') {
  return new Promise<{ status: number | undefined; headers: IncomingHttpHeaders; text: string }>(
    (resolve, reject) => {
      const sent = request(
        { host: '127.0.0.1', port, path, method, agent: false, headers: { 'content-encoding': 'snappy' } },
        (response) => {
          let text = '';
          response.on('data', (chunk) => {
            text += chunk;
          });
          response.once('end', () =>
            resolve({ status: response.statusCode, headers: response.headers, text }),
          );
        },
      );
      sent.once('error', reject);
      sent.end('samples');
    },
  );
}

beforeEach(async () => {
  received.length = 0;
  receiver = createServer(async (incoming, answer) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    received.push({ url: incoming.url, headers: incoming.headers, body });
    answer.writeHead(204, { 'x-prometheus-remote-write-samples-written': '7' }).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port: behind } = receiver.address() as AddressInfo;
  listener = new RemoteWriteListener(`http://127.0.0.1:${behind}/api/v1/receive`);
  port = await freePort();
  await listener.listen(port);
});

afterEach(async () => {
  await listener.close();
  receiver.closeAllConnections();
  await new Promise<void>((resolve) => receiver.close(() => resolve()));
});

describe('the remote-write listener', () => {
  it('forwards a request to the path of the receiver', async () => {
    const { status, headers } = await send();
    expect(status).toBe(204);
    expect(headers['x-prometheus-remote-write-samples-written']).toBe('7');
    expect(received).toMatchObject([
      { url: '/api/v1/receive', body: 'samples', headers: { 'content-encoding': 'snappy' } },
    ]);
  });

  it.each([
    ['/api/v1/query', 'POST'],
    ['/api/v1/write', 'GET'],
  ])('answers 404 to %s %s, and forwards nothing', async (path, method) => {
    expect((await send(path, method)).status).toBe(404);
    expect(received).toEqual([]);
  });

  it("closes the sender's connection if the receiver's answer is cut off", {
    timeout: 5000,
  }, async () => {
    receiver.removeAllListeners('request');
    receiver.on('request', (_, answer) => {
      answer.writeHead(200, { 'content-length': '100' });
      answer.write('cut', () => answer.destroy());
    });
    await expect(
      new Promise((resolve, reject) => {
        const sent = request({
          host: '127.0.0.1',
          port,
          path: '/api/v1/write',
          method: 'POST',
          agent: false,
        });
        sent.once('error', reject);
        sent.once('response', (response) => {
          response.once('error', reject);
          response.once('end', resolve);
          response.resume();
        });
        sent.end('samples');
      }),
    ).rejects.toThrow(/aborted|hang up/);
  });

  it('answers 401 in the mode `refusing`, and forwards nothing', async () => {
    listener.mode = 'refusing';
    expect(await send()).toMatchObject({ status: 401, text: expect.stringContaining('does not accept') });
    expect(received).toEqual([]);
    listener.mode = 'forwarding';
    expect((await send()).status).toBe(204);
  });

  it('closes every connection in the mode `away`, and sends no answer', async () => {
    listener.mode = 'away';
    await expect(send()).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(received).toEqual([]);
    listener.mode = 'forwarding';
    expect((await send()).status).toBe(204);
  });

  it('answers 502 if the receiver does not listen', async () => {
    const behind = (receiver.address() as AddressInfo).port;
    receiver.closeAllConnections();
    await new Promise<void>((resolve) => receiver.close(() => resolve()));
    expect(await send()).toMatchObject({ status: 502, text: expect.stringContaining('ECONNREFUSED') });
    await new Promise<void>((resolve) => receiver.listen(behind, '127.0.0.1', resolve));
    expect((await send()).status).toBe(204);
  });
});
