import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { usdtRefresh } from '../../config/knobs.ts';
import { ports as basePorts, clusters } from '../../config/topology.ts';
import { components } from '../../demo/components/list.ts';
import { parseSettings } from '../../demo/settings.ts';
import { seconds } from '../../metrics/duration.ts';
import { dashboardUids } from '../../rules/index.ts';
import { jobs } from '../../sources/index.ts';

const settings = parseSettings('/project', ['--port-offset', '10000']);
const list = components(settings);
const component = (name: string) => {
  const found = list.find((c) => c.name === name);
  if (!found) throw new Error(`no component ${name}`);
  return found;
};
const configOf = (name: string) => parse(component(name).files?.[`config/${name}/prometheus.yml`] ?? '');

describe('the components on the laptop', () => {
  it('have unique names and ports', () => {
    const names = list.map((c) => c.name);
    const ports = list.flatMap((c) => c.ports);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(ports).size).toBe(ports.length);
  });

  it('use no default port if a port offset is set', () => {
    const text = JSON.stringify(list);
    for (const port of Object.values(basePorts)) expect(text).not.toMatch(new RegExp(`[:=]${port}\\b`));
  });

  it('listen only on loopback addresses', () => {
    for (const { name, args, files = {}, env = {}, ports } of list) {
      const text = [...args, ...Object.values(files), ...Object.values(env)].join('\n');
      expect(text, name).not.toMatch(/0\.0\.0\.0|\[::\]/);
      const hasSeparateAddress = args.includes('-addr=127.0.0.1') || env.HOST === '127.0.0.1';
      for (const port of ports) {
        if (!hasSeparateAddress) expect(text, name).toMatch(new RegExp(`127\\.0\\.0\\.1:${port}\\b`));
        expect(text, name).not.toMatch(new RegExp(`(?<!127\\.0\\.0\\.1):${port}\\b`));
      }
    }
  });

  it('include a Prometheus whose alerts link to all dashboards of the console', () => {
    const rules = parse(component('prometheus').files?.['config/prometheus/rules.yml'] ?? '') as {
      groups: { rules: { alert?: string; annotations?: { dashboard_url?: string } }[] }[];
    };
    const links = rules.groups.flatMap((group) =>
      group.rules.filter(({ alert }) => alert).map(({ annotations }) => annotations?.dashboard_url),
    );
    const console = `http://127.0.0.1:${settings.ports.console}`;
    expect([...new Set(links)].sort()).toEqual(dashboardUids.map((uid) => `${console}/d/${uid}`).sort());
  });

  it('label the series of the primary cluster as in production', () => {
    const scrape = configOf('prometheus').scrape_configs.find(
      (s: { job_name: string }) => s.job_name === jobs.natsExporter,
    );
    expect(scrape.static_configs[0].labels).toMatchObject({
      cluster: 'nats-primary',
      environment: 'production',
    });
  });

  it('include an agent as the only scraper of the second cluster', () => {
    const central = JSON.stringify(configOf('prometheus').scrape_configs);
    const { ports } = settings;
    for (const port of [ports.edgeNatsExporter, ports.prometheusAgent])
      expect(central).not.toContain(String(port));
    const agent = configOf('prometheus-agent');
    expect(agent.global.external_labels).toEqual(clusters.edge);
    expect(agent.remote_write[0].url).toBe(`http://127.0.0.1:${ports.remoteWriteListener}/api/v1/write`);
  });

  it('include a Prometheus that keeps the labels of pushed metrics', () => {
    const scrapes: { job_name: string; honor_labels?: boolean }[] = configOf('prometheus').scrape_configs;
    expect(scrapes.filter((s) => s.honor_labels).map((s) => s.job_name)).toEqual([jobs.pushgateway]);
  });

  it('stop in this order: sender, then receiver', () => {
    const stage = (name: string) => component(name).stopStage ?? 1;
    expect(stage('prometheus-agent')).toBeLessThan(stage('prometheus'));
    expect(stage('batch-pusher')).toBeLessThan(stage('pushgateway'));
  });

  it('include a Prometheus with a look-back of 30 seconds', () => {
    expect(component('prometheus').args).toContain('--query.lookback-delta=30s');
  });

  it("receive the shell's proxy settings only with --live-rates", () => {
    const shell = {
      HTTPS_PROXY: 'user:secret@proxy:8080',
      NO_PROXY: '127.0.0.1',
      NODE_EXTRA_CA_CERTS: '/etc/ca.pem',
      AWS_SECRET_ACCESS_KEY: 'secret',
    };
    const envs = (args: string[]) =>
      components(parseSettings('/project', args, shell)).map(({ name, env = {} }) => ({ name, env }));
    const live = envs(['--live-rates']);
    expect(live.find(({ name }) => name === 'usdt-exporter')?.env).toMatchObject({
      HTTPS_PROXY: 'http://user:secret@proxy:8080/',
      NO_PROXY: '127.0.0.1',
      NODE_EXTRA_CA_CERTS: '/etc/ca.pem',
    });
    const others = [...envs([]), ...live.filter(({ name }) => name !== 'usdt-exporter')];
    expect(JSON.stringify(others)).not.toMatch(/secret|proxy|ca\.pem/i);
  });

  it('send requests to the real Binance only with --live-rates', () => {
    const exporter = (args: string[]) =>
      components(parseSettings('/project', args)).find((c) => c.name === 'usdt-exporter')?.env;
    expect(exporter([])?.USDT_UPSTREAM_URL).toMatch(/^http:\/\/127\.0\.0\.1:/);
    expect(Number(exporter([])?.USDT_REFRESH_SECONDS)).toBe(seconds(usdtRefresh.laptop));
    expect(exporter(['--live-rates'])).toMatchObject({
      USDT_UPSTREAM_URL: 'https://p2p.binance.com',
      USDT_REFRESH_SECONDS: '600',
    });
  });
});
