import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

interface StoredDashboard {
  readonly dashboard: { readonly uid: string; readonly id: number | null; readonly title: string };
  readonly folderUid: string;
}

export interface FakeOptions {
  /** Required value of the header Authorization. `undefined`: the fake Grafana accepts every request. */
  readonly authorization?: string;
  /** Whether the data source can read Prometheus. @default true */
  readonly healthy?: boolean;
  readonly before?: (
    sent: Sent,
  ) => { status: number; headers?: Record<string, string>; body?: unknown } | undefined;
}

/** The answers follow the documentation of Grafana's HTTP API. */
export async function fakeGrafana({ authorization, healthy = true, before }: FakeOptions = {}) {
  const sent: Sent[] = [];
  const dataSources = new Map<string, Record<string, unknown>>();
  const folders = new Map<string, string>();
  const dashboards = new Map<string, StoredDashboard>();

  const answer = ({ method, path, body }: Sent): { status: number; body: unknown } => {
    const uid = path.split('/').at(-1) ?? '';
    const missing = { status: 404, body: { message: 'Not found' } };
    if (path === '/api/health') return { status: 200, body: { database: 'ok' } };
    if (path.endsWith('/health')) {
      return healthy
        ? { status: 200, body: { status: 'OK' } }
        : { status: 400, body: { status: 'ERROR', message: 'connection refused' } };
    }
    if (path.startsWith('/api/datasources')) {
      if (method === 'GET')
        return dataSources.has(uid) ? { status: 200, body: dataSources.get(uid) } : missing;
      const source = body as Record<string, unknown>;
      dataSources.set(String(source.uid), source);
      return { status: 200, body: { message: 'saved' } };
    }
    if (path.startsWith('/api/folders')) {
      if (method === 'GET') return folders.has(uid) ? { status: 200, body: { uid } } : missing;
      const folder = body as { uid: string; title: string };
      folders.set(folder.uid, folder.title);
      return { status: 200, body: folder };
    }
    if (path === '/api/dashboards/db') {
      const stored = body as StoredDashboard;
      dashboards.set(stored.dashboard.uid, stored);
      return { status: 200, body: { status: 'success' } };
    }
    const stored = dashboards.get(uid);
    if (!stored) return missing;
    const { folderUid } = stored;
    return { status: 200, body: { meta: { folderUid, folderTitle: folders.get(folderUid) ?? '' } } };
  };

  const server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    const one: Sent = {
      method: request.method ?? '',
      path: request.url ?? '',
      authorization: request.headers.authorization,
      body: text === '' ? undefined : JSON.parse(text),
    };
    sent.push(one);
    const isRefused =
      authorization !== undefined && one.authorization !== authorization && one.path !== '/api/health';
    const {
      status,
      headers = {},
      body,
    } = before?.(one) ??
    ((isRefused ? { status: 401, body: { message: 'Invalid API key' } } : answer(one)) as {
      status: number;
      headers?: Record<string, string>;
      body?: unknown;
    });
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, sent, dataSources, folders, dashboards };
}
