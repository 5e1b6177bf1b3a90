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

  it('adopts what a first install that timed out has left', () => {
    expect(release(synthesized, 'pushgateway').upgrade_install).toBe(true);
  });

  it('waits, for its jobs too, and long enough for the first pull of every image', () => {
    const { wait, wait_for_jobs: waitForJobs, timeout } = release(synthesized, 'pushgateway');
    expect([wait, waitForJobs]).toEqual([true, true]);
    expect(timeout).toBeGreaterThanOrEqual(600);
  });

  it('is destroyed before what it depends on', () => {
    expect(release(synthesized, 'pushgateway').depends_on).toEqual([
      expect.stringMatching(/^helm_release\.crds_release/),
    ]);
  });

  it('names its cluster, because a stack may know several', () => {
    expect(release(synthesized, 'pushgateway').provider).toBe('helm');
  });

  it('keeps a line of values in one piece, so that no token is broken', () => {
    const [values] = release(synthesized, 'pushgateway').values as string[];
    expect(values?.split('\n')[0]?.length).toBeGreaterThan(290);
  });
});

describe('where charts come from', () => {
  const pin = charts.pushgateway;

  it('is the chart’s own repository unless a mirror is named', () => {
    expect(chartLocation(pin)).toEqual({
      chart: pin.chart,
      repository: pin.repository,
      version: pin.version,
    });
  });

  it('is the mirror for every chart, be it OCI or HTTP', () => {
    for (const mirror of ['oci://mirror.example/charts', 'https://mirror.example/charts']) {
      for (const chart of Object.values(charts)) {
        expect(chartLocation(chart, { charts: mirror }).repository).toBe(mirror);
      }
    }
  });

  it('is a package in a directory, as helm pull writes it', () => {
    expect(chartLocation(pin, { charts: '/srv/charts' })).toEqual({
      chart: `/srv/charts/prometheus-pushgateway-${pin.version}.tgz`,
      version: pin.version,
    });
  });
});

describe('where images come from', () => {
  it('is a mirror in place of the registry alone', () => {
    const image = charts.nats.images.nats;
    expect(imageReference(image)).toBe(`docker.io/library/nats:${image.tag}`);
    expect(imageReference(image, { images: 'mirror.example/hub' })).toBe(
      `mirror.example/hub/library/nats:${image.tag}`,
    );
  });

  it('names no tag that moves', () => {
    for (const { images } of Object.values(charts)) {
      for (const { tag } of Object.values(images)) expect(tag).toMatch(/\d+\.\d+\.\d+/);
    }
  });
});

describe('text of the catalogue', () => {
  it('reaches Terraform as text, whatever looks like one of its templates', () => {
    const given = { expr: `\${job} %{if} $labels {{ $value }}`, list: [`$\${x}`], count: 1 };
    expect(literal(given)).toEqual({
      expr: `$\${job} %%{if} $labels {{ $value }}`,
      list: [`$$\${x}`],
      count: 1,
    });
  });
});
