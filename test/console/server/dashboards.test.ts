import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { adjustedDashboards } from '../../../dashboards/adjusted.ts';
import { dashboardUids, dashboardUidsFor } from '../../../rules/index.ts';
import { expectedWithThanos } from '../../../sources/index.ts';
import { fakeConsole, fakeControls, own } from '../fake-console.ts';

const root = join(import.meta.dirname, '../../..');

interface Answer {
  readonly dashboards: readonly { readonly uid: string; readonly grafanaUrl?: string }[];
  readonly grafanaProblem?: string;
  readonly detail: string;
}

const jsonOf = async (response: Response | Promise<Response>) => (await (await response).json()) as Answer;

describe('the dashboards of the console', () => {
  it('are listed with their titles, in the order of `dashboardUids`', async () => {
    const { app } = fakeConsole({ root });
    const { dashboards } = await jsonOf(app.request('/api/dashboards', { headers: own }));
    expect(dashboards.map(({ uid }) => uid)).toEqual([...dashboardUids]);
    expect(dashboards[0]).toMatchObject({
      uid: 'nats',
      title: 'NATS',
      description: 'Clients, messages and JetStream of every NATS cluster.',
      alerts: expect.stringMatching(/^ALERTS\{alertstate="firing",alertname=~".*NatsServerDown/),
      preview: { title: 'Messages per second', expr: expect.stringContaining('nats_varz_in_msgs') },
    });
  });

  it('include the Thanos dashboard only if Thanos is the engine', async () => {
    const listed = async (options: Parameters<typeof fakeConsole>[0]) => {
      const { app } = fakeConsole({ root, ...options });
      const { dashboards } = await jsonOf(app.request('/api/dashboards', { headers: own }));
      const { status } = await app.request('/api/dashboards/thanos', { headers: own });
      return { status, uids: dashboards.map(({ uid }) => uid) };
    };
    expect(await listed({})).toMatchObject({ status: 404, uids: dashboardUids });
    const dashboards = dashboardUidsFor(expectedWithThanos);
    expect(await listed({ dashboards })).toMatchObject({ status: 200, uids: [...dashboardUids, 'thanos'] });
  });

  it('are the files of `dashboards/` by default', async () => {
    const { app } = fakeConsole({ root });
    const response = await app.request('/api/dashboards/nats', { headers: own });
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.text()).toBe(readFileSync(join(root, 'dashboards/nats-dashboard.json'), 'utf8'));
  });

  it('contain the alert thresholds that the environment sets', async () => {
    const { app } = fakeConsole({
      root,
      dashboardTexts: () => adjustedDashboards({ UsdtRateStale: { threshold: '1h' } }),
    });
    const board = await (await app.request('/api/dashboards/usdt-vnd', { headers: own })).text();
    const declared = readFileSync(join(root, 'dashboards/usdt-vnd-dashboard.json'), 'utf8');
    expect(board).toContain('Above 1 hour, UsdtRateStale fires.');
    expect(board).not.toBe(declared);
  });

  it('contain the ThanosQueriesSlow threshold of the environment', async () => {
    const { app } = fakeConsole({
      root,
      dashboards: dashboardUidsFor(expectedWithThanos),
      dashboardTexts: () => adjustedDashboards({ ThanosQueriesSlow: { threshold: { duration: '20s' } } }),
    });
    const board = await (await app.request('/api/dashboards/thanos', { headers: own })).text();
    expect(board).toContain('end within 20 seconds, ThanosQueriesSlow fires.');
  });

  it('have a link to Grafana only if Grafana contains the dashboard', async () => {
    const grafana = () => ({ dashboards: { nats: 'http://g/d/nats' }, problem: 'usdt-vnd exists already.' });
    const { app } = fakeConsole({ root, controls: { ...fakeControls(), grafana } });
    const answer = await jsonOf(app.request('/api/dashboards', { headers: own }));
    expect(answer.grafanaProblem).toBe('usdt-vnd exists already.');
    expect(answer.dashboards.map(({ grafanaUrl }) => grafanaUrl)).toEqual([
      'http://g/d/nats',
      ...dashboardUids.slice(1).map(() => undefined),
    ]);
  });

  it.each(['unknown', '..%2fpackage', '%2e%2e'])(
    'have an endpoint that returns 404 for the unknown uid %s',
    async (uid) => {
      const { app } = fakeConsole({ root });
      const response = await app.request(`/api/dashboards/${uid}`, { headers: own });
      expect(response.status).toBe(404);
      const { detail } = await jsonOf(response);
      if (uid === 'unknown') expect(detail).toContain(`The dashboards are ${dashboardUids.join(', ')}.`);
    },
  );

  it('are not listed while a dashboard file is broken', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dashboards-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, 'dashboards'));
    const file = join(folder, 'dashboards', 'nats-dashboard.json');
    writeFileSync(file, '{"uid":');
    const { app } = fakeConsole({ root: folder });
    const list = () => app.request('/api/dashboards', { headers: own });
    const broken = await list();
    expect(broken.status).toBe(500);
    expect((await jsonOf(broken)).detail).toMatch(
      /dashboards\/nats-dashboard\.json is not a dashboard.*npm run generate/s,
    );
    writeFileSync(file, readFileSync(join(root, 'dashboards/nats-dashboard.json')));
    expect((await list()).status).toBe(200);
  });
});
