import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { request } from 'undici';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { clusters } from '../../config/topology.ts';
import { dashboards } from '../../dashboards/index.ts';
import { documentedQueries } from '../../metrics/queries.ts';
import { dashboardUidsFor, prometheusRules } from '../../rules/index.ts';
import { catalogue, expectedEverywhere, expectedWithThanos, jobs } from '../../sources/index.ts';
import { obtainPrograms } from '../../toolchain/index.ts';
import { laptopThanos } from '../../verify/laptop.ts';
import { thanosAlerts, thanosApi } from '../../verify/thanos.ts';
import { panelsOf, rendered } from '../dashboards/panels.ts';
import { statusAt, until } from '../live/processes.ts';
import { writeProof } from '../live/proof.ts';

const laptop = inject('laptop');
const { ports, portOffset } = laptop;
const addresses = laptopThanos(portOffset);
const api = thanosApi(addresses);
const root = join(import.meta.dirname, '..', '..');
const consoleUrl = `http://127.0.0.1:${ports.console}`;

async function ask(method: 'GET' | 'POST' | 'DELETE', path: string, sent: object = {}): Promise<unknown> {
  const { statusCode, body } = await request(`${consoleUrl}${path}`, {
    method,
    ...(method !== 'GET' && { body: JSON.stringify(sent), headers: { 'content-type': 'application/json' } }),
    signal: AbortSignal.timeout(20_000),
  });
  const text = await body.text();
  if (statusCode >= 300) throw new Error(`${method} ${path}: ${statusCode} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

async function component(name: string) {
  const { components } = await statusAt(ports.console);
  const found = components.find((c) => c.name === name);
  if (!found) throw new Error(`no component ${name}`);
  return found;
}

describe('the laptop pipeline with Thanos', () => {
  it('passes the verification within 30 s after it is ready', () => {
    const { findings } = laptop.firstLook;
    expect(findings.filter((f) => f.verdict === 'fail')).toEqual([]);
  });

  it('passes npm run verify without the option --engine', async () => {
    const args = ['--import', 'tsx', 'verify/main.ts', 'laptop', '--port-offset', String(portOffset)];
    const { exitCode, stdout } = await execa(process.execPath, [...args, '--wait', '30'], {
      cwd: root,
      reject: false,
    });
    expect(stdout).toMatch(/Prometheus has an Alertmanager +http:\/\/127\.0\.0\.1/);
    expect(stdout).toMatch(/, 0 failed,/);
    expect(exitCode).toBe(0);
  });

  it('returns data for every documented query', async () => {
    for (const { expr } of documentedQueries) {
      const series = await api.query(expr);
      expect({ expr, found: series.length > 0 }).toEqual({ expr, found: true });
      for (const { metric } of series)
        for (const label of ['replica', 'tenant_id', 'rule_replica'])
          expect(metric).not.toHaveProperty(label);
    }
  });

  it('stores each series three times, but returns it once', async () => {
    const stored = await api.query('sum by (instance) (prometheus_tsdb_head_series{job="thanos-receive"})');
    expect(stored).toHaveLength(3);
    const counts = stored.map(({ value }) => Number(value?.[1]));
    expect(Math.min(...counts)).toBeGreaterThan(0.9 * Math.max(...counts));
    const [edge, ...others] = await api.query(`up{job="${jobs.edgeNatsExporter}"}`);
    expect(edge?.metric).toMatchObject(clusters.edge);
    expect(others).toEqual([]);
  });

  it('returns data for every panel of the dashboards with Thanos', async () => {
    const uids = dashboardUidsFor(expectedWithThanos);
    const panels = dashboards.filter(({ uid }) => uids.includes(uid)).flatMap(panelsOf);
    const exprs = [...new Set(panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)))];
    const shown = new Set<string>();
    const hasData = async (expr: string) =>
      (await api.query(rendered(expr))).some(({ value }) => value !== undefined && value[1] !== 'NaN');
    await ask('POST', '/api/batch');
    await until(
      () => `no data for ${exprs.filter((expr) => !shown.has(expr)).join('\n')}`,
      async () => {
        for (const expr of exprs) if (!shown.has(expr) && (await hasData(expr))) shown.add(expr);
        return shown.size === exprs.length;
      },
      60_000,
    );
    const own = panels.filter(({ dashboard }) => dashboard === 'thanos');
    writeProof(
      'panels-with-thanos',
      own.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    );
    expect(own.length).toBeGreaterThan(15);
  });

  it('exposes the Thanos metrics with their types and labels', async () => {
    const { thanosRouter, thanosIngester, thanosQuery, thanosRuler } = catalogue;
    const exposedBy = {
      thanosReceive1: { ...thanosRouter, ...thanosIngester },
      thanosQuery,
      thanosRule: thanosRuler,
    } as const;
    const absent = /objstore|rule_evaluation_failures|alert_sender_(alerts_sent|errors)/;
    for (const [port, metrics = {}] of Object.entries(exposedBy)) {
      const { body } = await request(`http://127.0.0.1:${ports[port as keyof typeof ports]}/metrics`);
      const text = await body.text();
      for (const { name, type, labels } of Object.values(metrics)) {
        if (absent.test(name)) continue;
        expect({ port, name, declared: text.includes(`# TYPE ${name} ${type}\n`) }).toEqual({
          port,
          name,
          declared: true,
        });
        const [series = ''] = new RegExp(`^${name}(_sum)?(\\{.*\\})? `, 'm').exec(text) ?? [];
        for (const label of labels)
          expect({ port, name, series }).toHaveProperty('series', expect.stringContaining(`${label}=`));
      }
    }
  });

  it('shows its scrape targets and its rules in the console', async () => {
    const through = (path: string) =>
      ask('GET', `/api/prometheus/api/v1/${path}`) as Promise<{ data: Record<string, unknown[]> }>;
    expect((await through('targets')).data.activeTargets?.length).toBeGreaterThan(8);
    expect((await through('rules')).data.groups?.length).toBeGreaterThan(5);
    expect((await through('metadata?metric=nats_varz_in_msgs')).data.nats_varz_in_msgs).toHaveLength(1);
    expect((await through('status/tsdb')).data.seriesCountByMetricName?.length).toBeGreaterThan(0);
    expect((await through('alerts')).data).toHaveProperty('alerts');
  });

  it('has only rules that Thanos can parse', async () => {
    const { thanos } = await obtainPrograms({ names: ['thanos'] });
    const folder = mkdtempSync(join(tmpdir(), 'rules-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const unreadable: string[] = [];
    for (const profile of ['laptop', 'production'] as const) {
      for (const group of prometheusRules({
        profile,
        chartRules: false,
        expected: expectedEverywhere,
      }).groups) {
        const file = join(folder, `${profile}-${group.name}.yml`);
        writeFileSync(file, stringify({ groups: [group] }));
        const { exitCode, stderr } = await execa(thanos.path, ['tools', 'rules-check', `--rules=${file}`], {
          reject: false,
        });
        if (exitCode !== 0) unreadable.push(`${profile} ${group.name}: ${stderr}`);
      }
    }
    expect(unreadable).toEqual([]);
  });

  it('keeps the total memory of all Thanos processes below 300 MB', async () => {
    const { components } = await statusAt(ports.console);
    const thanos = components.filter(({ name }) => name.startsWith('thanos'));
    const bytes = proportionalBytes(thanos.map(({ pid }) => pid as number));
    console.log(
      `${laptop.readyReport.match(/^Ready.*$/m)?.[0]} Thanos: ${(bytes / 1e6).toFixed(0)} MB (proportional set size)`,
    );
    expect(bytes).toBeLessThan(300e6);
  });
});

/** Memory of the processes in bytes. Shared memory counts only once. */
function proportionalBytes(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return sum + Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1]) * 1024;
  }, 0);
}

describe('an alert of the ruler', () => {
  it('fires and resolves, and Alertmanager sends both notifications', async () => {
    const alerts = thanosAlerts(addresses);
    const alert = 'NatsServerDown';
    const isActive = async () =>
      (await alerts.active()).some(({ labels, state }) => labels.alertname === alert && state === 'firing');
    const notified = async (status: string) =>
      ((await ask('GET', '/api/notifications')) as { alert: string; status: string }[]).some(
        (notification) => notification.alert === alert && notification.status === status,
      );
    const injected = Date.now();
    await ask('POST', '/api/faults/nats-killed');
    await until(() => `${alert} does not fire`, isActive, 90_000);
    await until(
      () => `Alertmanager does not notify of ${alert}`,
      () => notified('firing'),
      30_000,
    );
    const fired = Date.now();
    await ask('DELETE', '/api/faults/nats-killed');
    await until(
      () => `${alert} stays`,
      async () => !(await isActive()),
      90_000,
    );
    await until(
      () => `Alertmanager does not notify of the end of ${alert}`,
      () => notified('resolved'),
      30_000,
    );
    console.log(
      `${alert}: notified after ${(fired - injected) / 1000} s, resolved ${(Date.now() - fired) / 1000} s after the restore`,
    );
  }, 240_000);
});

describe('an outage of one receiver for 20 s', () => {
  it('loses no sample', async () => {
    const name = 'thanos-receive-1';
    const before = (await component(name)).pid as number;
    const killed = Date.now();
    process.kill(before, 'SIGKILL');
    // The stop action prevents a restart of the receiver by the supervisor.
    await ask('POST', `/api/components/${name}`, { action: 'stop' });
    const newest = async (job: string) => {
      const [series] = await api.query(`max(timestamp(up{job="${job}"}))`);
      return Number(series?.value?.[1] ?? 0) * 1000;
    };
    await until(
      () => 'the two other receivers store no sample of the agent',
      async () => (await newest(jobs.edgeNatsExporter)) > killed + 20_000,
      60_000,
    );
    expect((await component(name)).state).toBe('stopped');
    await ask('POST', `/api/components/${name}`, { action: 'start' });
    const back = Date.now();
    await until(
      () => 'the scraper does not send its samples later',
      async () => (await newest(jobs.natsExporter)) > back + 5000,
      60_000,
    );
    const seconds = Math.ceil((Date.now() - killed) / 1000) + 10;
    const series = await api.query(`up[${seconds}s]`);
    const gaps = series.flatMap(({ metric, values = [] }) =>
      values.slice(1).map(([time], index) => ({
        target: `${metric.job} ${metric.instance}`,
        gap: time - (values[index]?.[0] ?? 0),
      })),
    );
    console.log(
      `${name} away for ${((back - killed) / 1000).toFixed(1)} s: ${gaps.length + series.length} samples of ${series.length} targets, longest gap ${Math.max(...gaps.map(({ gap }) => gap)).toFixed(1)} s`,
    );
    expect(series.length).toBeGreaterThan(10);
    // The scrape interval is 5 s. Two samples are 10 s apart if a sample is lost.
    expect(gaps.filter(({ gap }) => gap > 7.5)).toEqual([]);
    expect(gaps.length).toBeGreaterThan((series.length * (seconds - 15)) / 5);
  }, 180_000);
});
