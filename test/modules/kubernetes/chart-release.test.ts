import { describe, expect, it } from 'vitest';
import { charts } from '../../../config/charts.ts';
import { chartLocation, imageReference } from '../../../modules/kubernetes/artifact-sources.ts';
import { ChartRelease } from '../../../modules/kubernetes/chart-release.ts';
import { literal } from '../../../modules/kubernetes/literal.ts';
import { OperatorCrds } from '../../../modules/kubernetes/operator-crds.ts';
import { release, synthesize } from './synthesis.ts';

describe('a chart release', () => {
  const synthesized = synthesize((stack, connection) => {
    const crds = new OperatorCrds(stack, 'crds', { connection, namespace: 'airflow-3' });
    new ChartRelease(stack, 'release', {
      connection,
      namespace: 'airflow-3',
      chart: charts.pushgateway,
      name: 'pushgateway',
      values: { long: 'word '.repeat(60).trim(), list: [{ a: 1 }] },
      dependsOn: [crds.release],
    });
  });

  it('can be deployed again after its first install timed out', () => {
    expect(release(synthesized, 'pushgateway').upgrade_install).toBe(true);
  });

  it('gives its pods at least ten minutes to become ready', () => {
    const { wait, wait_for_jobs: waitForJobs, timeout } = release(synthesized, 'pushgateway');
    expect([wait, waitForJobs]).toEqual([true, true]);
    expect(timeout).toBeGreaterThanOrEqual(600);
  });

  it('is destroyed before its dependencies', () => {
    expect(release(synthesized, 'pushgateway').depends_on).toEqual([
      expect.stringMatching(/^helm_release\.crds_release/),
    ]);
  });

  it('names its Helm provider explicitly', () => {
    expect(release(synthesized, 'pushgateway').provider).toBe('helm');
  });

  it('writes long values without line breaks', () => {
    const [values] = release(synthesized, 'pushgateway').values as string[];
    expect(values?.split('\n')[0]?.length).toBeGreaterThan(290);
  });
});

describe('the source of a chart', () => {
  const pin = charts.pushgateway;

  it('is the public repository of the chart if no mirror is set', () => {
    expect(chartLocation(pin)).toEqual({
      chart: pin.chart,
      repository: pin.repository,
      version: pin.version,
    });
  });

  it('is the mirror for every chart if a mirror is set', () => {
    for (const mirror of ['oci://mirror.example/charts', 'https://mirror.example/charts']) {
      for (const chart of Object.values(charts)) {
        expect(chartLocation(chart, { charts: mirror }).repository).toBe(mirror);
      }
    }
  });

  it('can be a folder of packages that `helm pull` has downloaded', () => {
    expect(chartLocation(pin, { charts: '/srv/charts' })).toEqual({
      chart: `/srv/charts/prometheus-pushgateway-${pin.version}.tgz`,
      version: pin.version,
    });
  });
});

describe('the reference of an image', () => {
  it('contains the mirror instead of the registry if a mirror is set', () => {
    const image = charts.nats.images.nats;
    expect(imageReference(image)).toBe(`docker.io/library/nats:${image.tag}`);
    expect(imageReference(image, { images: 'mirror.example/hub' })).toBe(
      `mirror.example/hub/library/nats:${image.tag}`,
    );
  });

  it('has no mutable tag', () => {
    for (const { images } of Object.values(charts)) {
      for (const { tag } of Object.values(images)) expect(tag).toMatch(/\d+\.\d+\.\d+/);
    }
  });
});

describe('a text in a Terraform block', () => {
  it('is escaped if Terraform would evaluate the text as a template', () => {
    const given = { expr: `\${job} %{if} $labels {{ $value }}`, list: [`$\${x}`], count: 1 };
    expect(literal(given)).toEqual({
      expr: `$\${job} %%{if} $labels {{ $value }}`,
      list: [`$$\${x}`],
      count: 1,
    });
  });
});
