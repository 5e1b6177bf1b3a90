import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { namespaces } from '../../config/topology.ts';
import {
  dashboardFolderAnnotation,
  dashboardLabel,
} from '../../modules/kubernetes/kube-prometheus-stack/grafana.ts';
import { centralPrometheus, scrapedByCentral } from '../../modules/kubernetes/monitor-labels.ts';
import { obtainTimeoutMs, pathOf } from '../functions/programs.ts';
import { analyse } from '../metrics/promql-analysis.ts';
import { type Manifest, validate } from '../modules/kubernetes/manifest.ts';

const folder = join(import.meta.dirname, '../../examples/application');
const manifests = (file: string) =>
  parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => document.toJS() as Manifest);

const objects = manifests('kubernetes.yaml');
const [dashboard] = manifests('dashboard.yaml');

function only(kind: string): Manifest {
  const [found, ...others] = objects.filter((object) => object.kind === kind);
  if (!found || others.length > 0) throw new Error(`expected one ${kind} in kubernetes.yaml`);
  return found;
}

async function running(): Promise<string> {
  const child = spawn(process.execPath, ['server.mjs'], {
    cwd: folder,
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const port = /port (\d+)/.exec(String(line))?.[1];
  if (!port) throw new Error(`expected the port, got ${line}`);
  return `http://127.0.0.1:${port}`;
}

describe('the server of the example application', () => {
  it(
    'exposes metrics that promtool accepts',
    async () => {
      const url = await running();
      expect((await fetch(`${url}/orders?items=3`, { method: 'POST' })).status).toBe(201);
      expect((await fetch(`${url}/orders?items=x`, { method: 'POST' })).status).toBe(400);
      expect((await fetch(`${url}/orders/7`)).status).toBe(404);
      const metrics = await (await fetch(`${url}/metrics`)).text();
      expect(metrics).toContain('shop_orders_total{outcome="accepted"} 1\n');
      expect(metrics).toContain('shop_orders_total{outcome="rejected"} 1\n');
      expect(metrics).toContain('shop_request_duration_seconds_count{route="other"} 1\n');
      const own = metrics
        .split('\n')
        .filter((line) => line.includes('shop_'))
        .join('\n');
      const checked = execFileSync(await pathOf('promtool'), ['check', 'metrics'], { input: `${own}\n` });
      expect(String(checked)).toBe('');
    },
    obtainTimeoutMs,
  );

  it('answers at the readiness path and the metrics path', async () => {
    const url = await running();
    const [container] = only('Deployment').spec.template.spec.containers;
    const [endpoint] = only('ServiceMonitor').spec.endpoints;
    for (const path of [container.readinessProbe.httpGet.path, endpoint.path])
      expect((await fetch(url + path)).status).toBe(200);
  });
});

it('the example application answers 404 to a request whose target is not a valid URL', async () => {
  const url = await running();
  expect((await fetch(`${url}//`)).status).toBe(404);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

describe('the objects of the example application', () => {
  it.each(objects.map((object) => [object.kind, object] as const))(
    'match the published JSON schema of their kind: %s',
    (_, object) => {
      expect(() => validate(object)).not.toThrow();
    },
  );

  it('connect the ServiceMonitor with the metrics port', () => {
    const [monitor, service, deployment] = ['ServiceMonitor', 'Service', 'Deployment'].map(only) as [
      Manifest,
      Manifest,
      Manifest,
    ];
    expect(monitor.metadata.labels).toMatchObject(scrapedByCentral);
    expect(service.metadata.labels).toMatchObject(monitor.spec.selector.matchLabels);
    expect(deployment.spec.template.metadata.labels).toMatchObject(service.spec.selector);
    const [port] = service.spec.ports;
    expect(monitor.spec.endpoints).toMatchObject([{ port: port.name }]);
    const [container] = deployment.spec.template.spec.containers;
    expect(container.ports).toContainEqual({ name: port.targetPort, containerPort: 8080 });
  });

  it('allow connections from the central Prometheus', () => {
    const { spec } = only('NetworkPolicy');
    const [{ from, ports }] = spec.ingress;
    expect(ports).toEqual([{ protocol: 'TCP', port: 8080 }]);
    const [{ namespaceSelector, podSelector }] = from;
    expect(namespaceSelector.matchLabels).toEqual({
      'kubernetes.io/metadata.name': centralPrometheus.namespace,
    });
    expect(centralPrometheus.pods).toMatchObject(podSelector.matchLabels);
  });
});

describe('the dashboard of the example application', () => {
  it('has the namespace and the label that Grafana needs', () => {
    if (!dashboard) throw new Error('dashboard.yaml is empty');
    validate(dashboard);
    expect(dashboard.metadata).toMatchObject({ namespace: namespaces.monitoring, labels: dashboardLabel });
    const { annotations = {} } = dashboard.metadata as { annotations?: object };
    expect(Object.keys(annotations)).toEqual([dashboardFolderAnnotation]);
  });

  it('queries only metrics that the server exposes', async () => {
    const { panels } = JSON.parse(dashboard?.data['shop.json']);
    const queries = panels.flatMap(({ targets }: { targets: { expr: string }[] }) =>
      targets.map(({ expr }) => expr.replaceAll('$__rate_interval', '5m')),
    ) as string[];
    expect(queries.length).toBeGreaterThanOrEqual(3);
    const url = await running();
    await fetch(`${url}/orders?items=1`, { method: 'POST' });
    const metrics = await (await fetch(`${url}/metrics`)).text();
    // Prometheus itself adds the metric `up`.
    const exposed = ['up', ...[...metrics.matchAll(/^([a-z]\w+)[{ ]/gm)].map(([, name]) => name)];
    for (const { errors, selectors } of queries.map(analyse)) {
      expect(errors).toEqual([]);
      for (const { metric } of selectors) expect(exposed).toContain(metric);
    }
  });
});
