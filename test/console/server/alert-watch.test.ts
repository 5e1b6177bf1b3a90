import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { FaultStatus } from '../../../console/controls/faults.ts';
import { AlertWatch } from '../../../console/server/live/alert-watch.ts';
import { LiveHub } from '../../../console/server/live/hub.ts';
import type { AlertmanagerAlert, AlertmanagerApi } from '../../../verify/alertmanager-api.ts';
import type { AlertRuleGroup, AlertsApi, PrometheusAlert } from '../../../verify/alerts-api.ts';
import { fakeControls, noAlerts, noSilences } from '../fake-console.ts';

const activeAt = Date.now() - 10_000;

const group: AlertRuleGroup = {
  name: 'targets',
  interval: 5,
  rules: [
    {
      name: 'Down',
      query: 'up == 0',
      duration: 4,
      keepFiringFor: 0,
      labels: { severity: 'critical' },
      annotations: {
        summary: '{{ $labels.job }} is down.',
        dashboard_url: 'http://127.0.0.1:3000/d/nats?orgId=1',
      },
      health: 'ok',
    },
    {
      name: 'Broken',
      query: 'x',
      duration: 0,
      keepFiringFor: 0,
      labels: {},
      annotations: {},
      health: 'err',
      lastError: 'many-to-many matching not allowed',
    },
  ],
};

const down: PrometheusAlert = {
  labels: { alertname: 'Down', severity: 'critical', job: 'nats' },
  annotations: { summary: 'nats is down.' },
  state: 'pending',
  activeAt,
  value: '0e+00',
};

function watchOf(sources: {
  readonly prometheus?: Partial<AlertsApi>;
  readonly alertmanager?: Partial<AlertmanagerApi>;
  /** @default true */
  readonly isPageOpen?: boolean;
}) {
  const hub = new LiveHub();
  const sections = new Map<string, unknown>();
  if (sources.isPageOpen !== false) hub.subscribe((section, json) => sections.set(section, JSON.parse(json)));
  const controls = fakeControls();
  const watch = new AlertWatch(hub, {
    controls,
    prometheus: { ...noAlerts, rules: async () => [group], ...sources.prometheus },
    alertmanager: { ...noSilences, ...sources.alertmanager },
    runbooks: async () => new Set(['Down']),
  });
  return { watch, sections, controls };
}

describe('the watch of alerts', () => {
  it('publishes each alert rule with its dashboard, its runbook and its error', async () => {
    const { watch, sections } = watchOf({});
    await watch.readPrometheus();
    expect(sections.get('alertRules')).toMatchObject([
      { alert: 'Broken', hasRunbook: false, error: 'many-to-many matching not allowed' },
      {
        alert: 'Down',
        expr: 'up == 0',
        forSeconds: 4,
        severity: 'critical',
        dashboard: 'nats',
        hasRunbook: true,
      },
    ]);
  });

  it('publishes an active alert with its silence and the alert that inhibits it', async () => {
    const cause: AlertmanagerAlert = {
      fingerprint: 'c1',
      labels: { alertname: 'Cause' },
      startsAt: activeAt,
      status: { state: 'active', inhibitedBy: [], silencedBy: [] },
    };
    const found: AlertmanagerAlert = {
      fingerprint: 'd1',
      labels: { ...down.labels, external: 'laptop' },
      startsAt: activeAt,
      status: { state: 'suppressed', inhibitedBy: ['c1'], silencedBy: ['s1'] },
    };
    const { watch, sections } = watchOf({
      prometheus: { active: async () => [down] },
      alertmanager: { alerts: async () => [cause, found] },
    });
    await watch.readPrometheus();
    await watch.readAlertmanager();
    expect(sections.get('alerts')).toMatchObject({
      active: [
        {
          alert: 'Down',
          state: 'pending',
          value: '0e+00',
          activeAt,
          summary: 'nats is down.',
          inhibitedBy: [{ alert: 'Cause', labels: { alertname: 'Cause' } }],
          silencedBy: ['s1'],
        },
      ],
    });
    expect(sections.get('incidents')).toMatchObject([{ alert: 'Down', inhibitedBy: [{ alert: 'Cause' }] }]);
  });

  it('keeps the last alerts while Prometheus does not answer', async () => {
    let isDead = false;
    const { watch, sections } = watchOf({
      prometheus: {
        active: async () => {
          if (isDead) throw new Error('connection refused');
          return [down];
        },
      },
    });
    await watch.readPrometheus();
    isDead = true;
    await watch.readPrometheus();
    expect(sections.get('alerts')).toMatchObject({
      active: [{ alert: 'Down' }],
      prometheus: { error: 'connection refused', since: expect.any(Number) },
    });
    expect(sections.get('incidents')).toMatchObject([{ state: 'pending', unknownSince: expect.any(Number) }]);
    isDead = false;
    await watch.readPrometheus();
    expect(sections.get('alerts')).not.toHaveProperty('prometheus');
  });

  it('publishes the alerts of Prometheus while Alertmanager does not answer', async () => {
    const { watch, sections } = watchOf({
      prometheus: { active: async () => [down] },
      alertmanager: {
        alerts: async () => {
          throw new Error('connection refused');
        },
      },
    });
    await watch.readAlertmanager();
    await watch.readPrometheus();
    expect(sections.get('alerts')).toMatchObject({
      active: [{ alert: 'Down' }],
      alertmanager: { error: 'connection refused' },
    });
    expect(sections.get('alerts')).not.toHaveProperty('prometheus');
  });

  it('continues an incident after a restart of Prometheus', async () => {
    let processStart = 0;
    let alerts = [down];
    const { watch } = watchOf({
      prometheus: { active: async () => alerts, startedAt: async () => processStart },
    });
    await watch.readPrometheus();
    processStart = 1;
    alerts = [];
    await watch.readPrometheus();
    expect(watch.incidents).toMatchObject([{ state: 'pending', unknownSince: expect.any(Number) }]);
    alerts = [{ ...down, activeAt: activeAt + 5000 }];
    await watch.readPrometheus();
    expect(watch.incidents).toMatchObject([{ state: 'pending', times: { pending: activeAt } }]);
  });

  it('without an open page, reads Alertmanager only while an alert is active', async () => {
    const ended = new AbortController();
    onTestFinished(() => ended.abort());
    let active: PrometheusAlert[] = [];
    const read = vi.fn(async () => active);
    const alerts = vi.fn(async () => []);
    const { watch } = watchOf({
      isPageOpen: false,
      prometheus: { active: read },
      alertmanager: { alerts },
    });
    watch.run(ended.signal);
    await expect.poll(() => read.mock.calls.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(3);
    expect(alerts).not.toHaveBeenCalled();
    active = [down];
    await expect.poll(() => alerts.mock.calls.length, { timeout: 10_000 }).toBeGreaterThan(0);
  });

  it.each([
    ['10 s if a page is open', true, 10],
    ['60 s if no page is open', false, 60],
  ])('reads the alert rules again after %s', async (_, isPageOpen, seconds) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const rules = vi.fn(async () => [group]);
    const { watch } = watchOf({ isPageOpen, prometheus: { rules } });
    const start = Date.now();
    const callsAt = async (ms: number) => {
      vi.setSystemTime(start + ms);
      await watch.readPrometheus();
      return rules.mock.calls.length;
    };
    expect(await callsAt(0)).toBe(1);
    expect(await callsAt(seconds * 1000 - 1)).toBe(1);
    expect(await callsAt(seconds * 1000)).toBe(2);
  });

  it('records the injection and the end of a fault', async () => {
    const ended = new AbortController();
    let injectedAt: number | undefined = activeAt - 1000;
    let alerts = [down];
    const { watch, controls } = watchOf({ prometheus: { active: async () => alerts } });
    const list = (): FaultStatus[] => [
      {
        name: 'kill',
        title: '',
        description: '',
        alerts: [{ alert: 'Down' }],
        breaks: [],
        injected: injectedAt !== undefined,
        ...(injectedAt !== undefined && { injectedAt }),
      },
    ];
    Object.assign(controls.faults, { list });
    watch.run(ended.signal);
    await expect
      .poll(() => watch.incidents)
      .toMatchObject([{ fault: { name: 'kill', injectedAt: activeAt - 1000 } }]);
    injectedAt = undefined;
    await expect.poll(() => watch.incidents[0]?.fault?.restoredAt).toBeGreaterThan(activeAt);
    alerts = [];
    await expect.poll(() => watch.incidents[0]?.state, { timeout: 5000 }).toBe('ended');
    ended.abort();
  });
});
