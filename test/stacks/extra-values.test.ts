import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { describe, expect, it } from 'vitest';
import { releaseNames } from '../../config/cluster-names.ts';
import { dev, local } from '../../config/environments/index.ts';
import {
  type ChartValue,
  type ChartValues,
  type ExtraValues,
  isObject,
  pathText,
} from '../../config/extra-values.ts';
import { contradictions } from '../../modules/kubernetes/extra-values.ts';
import { EnvironmentError } from '../../platforms/check-environments.ts';
import type { EnvironmentValues } from '../../platforms/environment.ts';
import { checkedEnvironments } from '../../stacks/checked-environments.ts';
import { controls } from '../../stacks/controlling-settings.ts';
import { createStacks } from '../../stacks/create-stacks.ts';
import { committed, moving, variants } from './environments.ts';
import { blocks, stackOf, synthesize, valuesOf } from './synthesis.ts';

const variant = await synthesize(variants);
const stacks = [
  ...(await synthesize(committed)).stacks,
  ...variant.stacks,
  ...(await synthesize(Object.values(moving))).stacks,
];

const withExtra = (extraValues: ExtraValues, environment: EnvironmentValues = local): EnvironmentValues => ({
  ...environment,
  charts: { ...environment.charts, extraValues },
});

async function listed(...environments: readonly EnvironmentValues[]): Promise<string[]> {
  try {
    await checkedEnvironments(environments);
    return [];
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return error.problems.map(({ setting, message }) => `${setting} ${message}`);
  }
}

/** Paths of all scalars and lists in `value`. */
function leaves(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (!isObject(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

/** Paths of all scalars, lists and objects in `value`. */
function nodes(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (!isObject(value)) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => nodes(inner, [...path, key]))];
}

const nested = (path: readonly string[], value: ChartValue) =>
  path.reduceRight<ChartValue>((inner, key) => ({ [key]: inner }), value) as ChartValues;

describe('extraValues', () => {
  it('are merged last into the values of their release', () => {
    const { prometheus, grafana } = valuesOf(stackOf(variant, 'closed-monitoring'), 'kube-prometheus-stack');
    expect(prometheus.prometheusSpec).toMatchObject({
      query: { maxConcurrency: 10 },
      externalLabels: { team: 'payments', cluster: 'nats-primary' },
    });
    expect(grafana['grafana.ini']).toMatchObject({ smtp: {}, server: { protocol: 'https' } });
  });

  it('are merged into the NATS release of the central cluster and of the edge', () => {
    for (const stack of ['closed-workloads', 'closed-federation']) {
      const { config } = valuesOf(stackOf(variant, stack), 'nats');
      expect(config, stack).toMatchObject({
        merge: { max_payload: 4_194_304 },
        jetstream: { enabled: true },
      });
    }
  });

  it('are accepted for every release that an environment installs', () => {
    const installed = stacks.flatMap(([, stack]) => blocks(stack, 'helm_release').map(({ name }) => name));
    expect([...new Set(installed)].sort()).toEqual([...releaseNames].sort());
  });

  it('cannot change any chart value that the platform sets', () => {
    let checked = 0;
    for (const [name, stack] of stacks) {
      for (const release of blocks(stack, 'helm_release')) {
        const own = JSON.parse((release.values as string[])[0] ?? '');
        for (const path of leaves(own)) {
          const found = contradictions(own, nested(path, 'another value')).map((each) => each.path);
          expect(found, `${name} ${release.name} ${path.join('.')}`).toEqual([path]);
          checked++;
        }
      }
    }
    expect(checked).toBeGreaterThan(500);
  });
});

describe('an extra chart value that contradicts the platform', () => {
  it('is reported with the paths of both values', async () => {
    expect(await listed(withExtra({ nats: { config: { jetstream: { enabled: false } } } }))).toEqual([
      'local.charts.extraValues.nats.config.jetstream.enabled false contradicts config.jetstream.enabled of the release nats in local-workloads, which is true; the platform fixes that value; remove the key',
    ]);
  });

  it('is reported with the setting that controls the chart value', async () => {
    expect(await listed(withExtra({ nats: { config: { cluster: { replicas: 3 } } } }))).toEqual([
      'local.charts.extraValues.nats.config.cluster.replicas 3 contradicts config.cluster.replicas of the release nats in local-workloads, which is 1; nats.replicas or edges.*.nats.replicas controls that value; change the setting and remove the key',
    ]);
  });

  it('is reported for a release in an edge cluster', async () => {
    const scaled = variants.find(({ name }) => name === 'scaled') as EnvironmentValues;
    const problems = await listed(
      withExtra({ 'prometheus-operator': { grafana: { enabled: true } } }, scaled),
    );
    expect(problems).toContainEqual(
      expect.stringMatching(
        /^scaled\.charts\.extraValues\.prometheus-operator\.grafana\.enabled true contradicts grafana\.enabled of the release prometheus-operator in scaled-federation/,
      ),
    );
  });

  it('is reported together with all other problems', async () => {
    const unsound = withExtra({
      nats: { config: { jetstream: { enabled: false } }, service: { merge: { spec: { type: 'NodePort' } } } },
    });
    const problems = await listed(
      { ...unsound, images: { ...unsound.images, tag: 'latest' } },
      withExtra({ pushgateway: { persistentVolume: { size: '5Gi' } } }, dev),
      withExtra({ natz: {} } as never, { ...local, name: 'other' }),
    );
    expect(problems.map((line) => line.split(' ')[0])).toEqual(
      expect.arrayContaining([
        'local.images.tag',
        'local.charts.extraValues.nats.service.merge.spec.type',
        'local.charts.extraValues.nats.config.jetstream.enabled',
        'dev.charts.extraValues.pushgateway.persistentVolume.size',
        'other.charts.extraValues.natz',
      ]),
    );
  });

  it('makes app.synth fail', async () => {
    const outdir = mkdtempSync(join(tmpdir(), 'contradiction-'));
    try {
      const app = new App({ stackTraces: false, outdir });
      await createStacks(app, withExtra({ nats: { natsBox: { enabled: true } } }) as never);
      expect(() => app.synth()).toThrow(
        'extraValues of nats contradict the value of the project for natsBox.enabled',
      );
      expect(readdirSync(join(outdir, 'stacks'))).not.toContain('local-workloads');
    } finally {
      rmSync(outdir, { recursive: true });
    }
  });
});

describe('the table `controls`', () => {
  it('contains only chart values that a Helm release sets', () => {
    const set = stacks.flatMap(([, stack]) =>
      blocks(stack, 'helm_release').flatMap((release) =>
        nodes(JSON.parse((release.values as string[])[0] ?? '')).map(
          (path) => `${release.name} ${pathText(path)}`,
        ),
      ),
    );
    const named = Object.entries(controls).flatMap(([release, settings]) =>
      Object.keys(settings).map((path) => `${release} ${path}`),
    );
    expect(named.filter((path) => !set.includes(path))).toEqual([]);
  });
});

describe('extraValues', () => {
  it('are rejected for a release that is not installed', async () => {
    expect(await listed(withExtra({ airflow: { webserver: {} } }))).toEqual([
      'local.charts.extraValues.airflow has no effect, because this environment does not install the release; remove the values',
    ]);
  });

  it('cause no error while the setting `edges` is missing', async () => {
    const problems = await listed({ ...withExtra({ nats: { a: 1 } }), edges: undefined } as never);
    expect(problems).toEqual([
      'local.edges is missing; add this setting (docs/reference/environments.md lists its values)',
    ]);
  });
});

describe('docs/charts/README.md', () => {
  it('contains a valid `extraValues` example for the environment `local`', async () => {
    const text = readFileSync(join(import.meta.dirname, '../../docs/charts/README.md'), 'utf8');
    const [, example] = /```ts\n([\s\S]*?)```/.exec(text) ?? [];
    const { charts } = new Function(`return {${example}}`)() as Pick<EnvironmentValues, 'charts'>;
    expect(Object.keys(charts.extraValues ?? {})).toContain('nats');
    expect(await listed({ ...local, charts })).toEqual([]);
  });
});
