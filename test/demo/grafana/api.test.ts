import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DashboardFiles } from '../../../console/index.ts';
import { GrafanaError, provisionGrafana } from '../../../demo/grafana/api.ts';
import type { GrafanaLogin } from '../../../demo/grafana/settings.ts';
import { dashboardUids } from '../../../rules/index.ts';
import { fakeGrafana } from './fake-grafana.ts';

const dashboards = await new DashboardFiles(join(import.meta.dirname, '../../../dashboards')).all();
const prometheus = 'http://127.0.0.1:9090';
const never = new AbortController().signal;
const provision = (url: string, login: GrafanaLogin = { token: 'glsa_secret' }, signal = never) =>
  provisionGrafana({ url, login, prometheusUrl: undefined }, prometheus, dashboards, signal);

describe('the provisioning of a Grafana', () => {
  it('creates the data source, the folder and every dashboard', async () => {
    const grafana = await fakeGrafana({ authorization: 'Bearer glsa_secret' });
    const result = await provision(grafana.url);
    expect(result).toEqual({
      dashboards: Object.fromEntries(
        dashboardUids.map((uid) => [uid, `${grafana.url}/d/${uid}?var-datasource=prometheus-platform`]),
      ),
    });
    expect([...grafana.dataSources.values()]).toEqual([
      {
        name: 'Prometheus platform',
        uid: 'prometheus-platform',
        type: 'prometheus',
        access: 'proxy',
        url: prometheus,
        // The user's Grafana keeps its own default data source.
        isDefault: false,
        jsonData: { httpMethod: 'POST', timeInterval: '5s' },
      },
    ]);
    expect([...grafana.folders]).toEqual([['prometheus-platform', 'Prometheus platform']]);
    expect([...grafana.dashboards.keys()]).toEqual([...dashboardUids]);
    for (const { dashboard, folderUid } of grafana.dashboards.values()) {
      expect({ id: dashboard.id, folderUid }).toEqual({ id: null, folderUid: 'prometheus-platform' });
    }
  });

  it('updates the data source and the dashboards at the next start', async () => {
    const grafana = await fakeGrafana();
    await provision(grafana.url);
    grafana.sent.splice(0);
    await provision(grafana.url);
    const writes = grafana.sent
      .filter(({ method }) => method !== 'GET')
      .map(({ method, path }) => `${method} ${path}`);
    expect(writes).toEqual([
      'PUT /api/datasources/uid/prometheus-platform',
      ...dashboardUids.map(() => 'POST /api/dashboards/db'),
    ]);
  });

  it('logs in with a user name and a password if no token is set', async () => {
    const authorization = `Basic ${Buffer.from('me:pass:word').toString('base64')}`;
    const grafana = await fakeGrafana({ authorization });
    await provision(grafana.url, { username: 'me', password: 'pass:word' });
    expect(grafana.dashboards.size).toBe(dashboardUids.length);
  });

  it('never overwrites a dashboard in another folder', async () => {
    const grafana = await fakeGrafana();
    grafana.folders.set('mine', 'My folder');
    grafana.dashboards.set('usdt-vnd', {
      dashboard: { uid: 'usdt-vnd', id: 7, title: 'Mine' },
      folderUid: 'mine',
    });
    await expect(provision(grafana.url)).rejects.toThrow(
      /already has a dashboard with the uid usdt-vnd, in the folder My folder\. The pipeline overwrites only dashboards in the folder Prometheus platform\./,
    );
    expect(grafana.dashboards.get('usdt-vnd')?.dashboard.title).toBe('Mine');
  });

  it('names the setting to change if Grafana cannot read Prometheus', async () => {
    const grafana = await fakeGrafana({ healthy: false });
    const { problem } = await provision(grafana.url);
    expect(problem).toMatch(/cannot read Prometheus at http:\/\/127\.0\.0\.1:9090, connection refused\./);
    expect(problem).toContain('GRAFANA_PROMETHEUS_URL');
  });
});

describe('the client of Grafana', () => {
  const failure = async (url: string) => {
    const error = await provision(url).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GrafanaError);
    expect(JSON.stringify(error) + (error as Error).stack).not.toContain('secret');
    return (error as Error).message;
  };

  it('recommends the role Admin if Grafana refuses the login', async () => {
    const grafana = await fakeGrafana({ authorization: 'Bearer another' });
    expect(await failure(grafana.url)).toMatch(
      /refuses the login .* \(HTTP 401, Invalid API key\)\. Use a token .* role Admin/,
    );
  });

  it('does not send the login to the address of a redirect', async () => {
    const other = await fakeGrafana();
    const grafana = await fakeGrafana({
      before: () => ({ status: 302, headers: { location: `${other.url}/login` } }),
    });
    expect(await failure(grafana.url)).toContain(`redirects to ${other.url}/login. Set GRAFANA_URL`);
    expect(other.sent).toEqual([]);
  });

  it.each([
    ['HTML', '<!doctype html><title>A router</title>'],
    ['the JSON value null', 'null'],
    ['6 MB of text', 'x'.repeat(6 * 1024 * 1024)],
  ])('reports that the server is not a Grafana if the answer is %s', async (_, text) => {
    const server = createServer((_request, response) => response.end(text));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    expect(await failure(`http://127.0.0.1:${port}`)).toMatch(
      /like a Grafana server\. Set GRAFANA_URL to the address of a Grafana\.$/,
    );
  });

  it('reports an error message of Grafana without control characters', async () => {
    const message = '\u001b]0;owned\u0007refused\u001b[2J';
    const grafana = await fakeGrafana({ before: () => ({ status: 400, body: { message } }) });
    expect(await failure(grafana.url)).toMatch(/^\P{Cc}*refused\P{Cc}*$/u);
  });

  it('reports a refused write together with the answer of Grafana', async () => {
    const grafana = await fakeGrafana({
      before: ({ path }) =>
        path === '/api/dashboards/db' ? { status: 412, body: { message: 'version mismatch' } } : undefined,
    });
    expect(await failure(grafana.url)).toMatch(
      /answers \/api\/dashboards\/db with HTTP 412, version mismatch/,
    );
  });

  it('sends the health request again while Grafana is starting', async () => {
    let refused = 0;
    const grafana = await fakeGrafana({
      before: ({ path }) => {
        if (path !== '/api/health' || refused > 0) return undefined;
        refused += 1;
        return { status: 503, body: { message: 'starting' } };
      },
    });
    await provision(grafana.url);
    expect(refused).toBe(1);
    expect(grafana.dashboards.size).toBe(dashboardUids.length);
  });

  it('sends no request to Grafana after the pipeline stops', async () => {
    const stopping = new AbortController();
    const grafana = await fakeGrafana({
      before: () => {
        stopping.abort();
        return { status: 503 };
      },
    });
    await expect(provision(grafana.url, { token: 't' }, stopping.signal)).rejects.toThrow();
    expect(grafana.sent).toHaveLength(1);
  });
});
