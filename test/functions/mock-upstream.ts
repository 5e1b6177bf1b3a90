import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly connection: number;
}

export type MockAnswer =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string | string[]>>;
      readonly body?: string | Uint8Array;
    }
  | 'hang'
  | 'reset';

export interface MockUpstream {
  readonly url: string;
  readonly seen: SeenRequest[];
  answer: (request: SeenRequest) => MockAnswer | Promise<MockAnswer>;
  close(): Promise<void>;
}

export async function mockUpstream(answer: MockUpstream['answer'] = () => ({})): Promise<MockUpstream> {
  const seen: SeenRequest[] = [];
  const connections = new Map<object, number>();
  const server: Server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const request = {
      method: incoming.method ?? '',
      url: incoming.url ?? '',
      headers: incoming.headers,
      body: Buffer.concat(chunks),
      connection: connections.get(incoming.socket) ?? 0,
    };
    seen.push(request);
    const given = await running.answer(request);
    if (given === 'reset') incoming.socket.destroy();
    else if (given !== 'hang') {
      outgoing.writeHead(given.status ?? 200, given.headers);
      outgoing.end(given.body);
    }
  });
  server.on('connection', (socket) => connections.set(socket, connections.size + 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const running: MockUpstream = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answer,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  onTestFinished(() => running.close());
  return running;
}

/** A URL whose port refuses connections. */
export async function deadPort(): Promise<string> {
  const server = await mockUpstream();
  await server.close();
  return server.url;
}

/** An answer of Binance P2P with these prices. */
export function offers(prices: readonly (string | number)[], more: object = {}): string {
  return JSON.stringify({
    code: '000000',
    message: null,
    data: prices.map((price) => ({
      adv: { advNo: '1', price: String(price), asset: 'USDT', fiatUnit: 'VND', tradeType: 'SELL' },
      advertiser: { nickName: 'a' },
    })),
    total: prices.length,
    success: true,
    ...more,
  });
}
