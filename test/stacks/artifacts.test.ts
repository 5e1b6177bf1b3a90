import { describe, expect, it } from 'vitest';
import { type ChartPin, charts } from '../../config/charts.ts';
import { operatorRelease } from '../../config/cluster-names.ts';
import { dev } from '../../config/environments/index.ts';
import { checkEnvironments } from '../../platforms/check-environments.ts';
import { artifactSources, ownImage } from '../../stacks/artifacts.ts';
import { committed, variants } from './environments.ts';
import { blocks, synthesize } from './synthesis.ts';

const closed = variants.find(({ name }) => name === 'closed');

describe('the pull Secret of registry.example.com', () => {
  it.each([
    ['is used', 'registry.example.com/public', 'acr-credentials'],
    ['is not used', 'mirror.example.com/public', undefined],
  ])('%s for the mirror %s', (_, mirror, pullSecret) => {
    if (!closed) throw new Error('no environment of a closed network');
    const [environment] = checkEnvironments([{ ...closed, images: { ...closed.images, mirror } }]);
    if (!environment) throw new Error('no environment');
    expect(artifactSources(environment)).toMatchObject({ images: mirror });
    expect(artifactSources(environment).pullSecret).toBe(pullSecret);
  });
});

describe('an image tag newer than the chart default', () => {
  const pins: readonly ChartPin[] = Object.values(charts);
  const newer = pins.flatMap(({ chart, images }) =>
    Object.values(images).flatMap(({ repository, tag, chartTag }) =>
      chartTag === undefined ? [] : [{ repository, tag, chart }],
    ),
  );

  it('is set in each release that runs the image', async () => {
    const { stacks } = await synthesize(committed);
    // The release `prometheus-operator` runs no image with a tag newer than the chart default.
    const installed = [...stacks.values()]
      .flatMap((stack) => blocks(stack, 'helm_release'))
      .filter(({ name }) => name !== operatorRelease);
    for (const { repository, tag, chart } of newer) {
      const ofChart = installed.filter((release) => release.chart === chart);
      expect(ofChart.length, repository).toBeGreaterThan(0);
      for (const { values } of ofChart) {
        const [text = ''] = values as string[];
        const tags = [...text.matchAll(/"tag":\s*"([^"]+)"/g)].map(([, set]) => set);
        expect(tags, repository).toContain(tag);
      }
    }
  });
});

it('the image of a function has a lower-case name', () => {
  if (dev.platform.kind !== 'azure') throw new Error('dev is not on Azure');
  const registry = { ...dev.platform.registry, name: 'MonitoringDevAcr' };
  const [environment] = checkEnvironments([{ ...dev, platform: { ...dev.platform, registry } }]);
  if (!environment) throw new Error('no environment');
  expect(ownImage(environment, 'usdt-exporter')).toBe('monitoringdevacr.azurecr.io/usdt-exporter:1.0.0');
});
