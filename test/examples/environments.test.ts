import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { charts } from '../../config/charts.ts';
import * as committed from '../../config/environments/index.ts';
import * as examples from '../../examples/environments/index.ts';
import { checkEnvironments } from '../../platforms/check-environments.ts';
import type { EnvironmentValues } from '../../platforms/environment.ts';
import { blocks, type Synthesis, stackOf, synthesize } from '../stacks/synthesis.ts';

const environments = Object.values(examples);
const folder = join(import.meta.dirname, '../../examples/environments');

const synthesis: Synthesis = await synthesize(environments);
const textsOf = (environment: string) =>
  [...synthesis.texts].filter(([name]) => name.startsWith(`${environment}-`)).map(([, text]) => text);

describe('the example environments', () => {
  it('are all exported by the index.ts of their folder', () => {
    expect(readdirSync(folder)).toHaveLength(environments.length + 1);
  });

  it('pass the check together with the committed environments', () => {
    const all = [...Object.values(committed), ...environments];
    expect(checkEnvironments(all)).toHaveLength(all.length);
  });

  it('have no platform stack, because their clusters already exist', () => {
    const layersOf = (environment: string) =>
      [...synthesis.stacks.keys()]
        .filter((name) => name.startsWith(`${environment}-`))
        .map((name) => name.slice(environment.length + 1));
    expect(layersOf('gke')).toEqual(['federation', 'monitoring', 'workloads']);
    expect(layersOf('eks')).toEqual(['monitoring', 'workloads']);
    expect(layersOf('closed')).toEqual(['federation', 'monitoring', 'workloads']);
  });
});

describe('the example environment', () => {
  it.each([
    ['gke', 'networking.gke.io/load-balancer-type', 'Internal'],
    ['eks', 'service.beta.kubernetes.io/aws-load-balancer-scheme', 'internal'],
  ])('%s has an internal load balancer for the receiver', (environment, annotation, value) => {
    const services = blocks(stackOf(synthesis, `${environment}-monitoring`), 'kubernetes_service_v1');
    const balancers = services.filter(({ spec }) => JSON.stringify(spec).includes('LoadBalancer'));
    expect(balancers).toHaveLength(1);
    expect(balancers[0]).toMatchObject({ metadata: { annotations: { [annotation]: value } } });
  });
});

describe('the example of a closed network', () => {
  const publicHosts = [
    ...Object.values(charts).map(({ repository }) => new URL(repository.replace(/^oci:/, 'https:')).host),
    ...Object.values(charts).flatMap(({ images }) =>
      Object.values(images).map(({ registry }: { registry: string }) => registry),
    ),
  ];

  const publicSources = (texts: readonly string[]) => {
    // Chart values are a JSON string inside JSON. Their quotes are escaped (`\"`).
    const text = texts.join('').replaceAll('\\"', '"');
    return publicHosts.filter((host) => new RegExp(`"(oci://|https://)?${host}["/]`).test(text));
  };

  it('uses no public chart repository and no public image registry', () => {
    expect(textsOf('closed').join('')).toContain('registry.example.com/public');
    expect(publicSources(textsOf('closed'))).toEqual([]);
  });

  it('needs both the chart mirror and the image mirror', async () => {
    const { charts: _, images, ...values } = examples.closedNetwork;
    const { mirror, ...withoutMirror } = images;
    const textsWith = async (artifacts: Pick<EnvironmentValues, 'charts' | 'images'>) => [
      ...(await synthesize([{ ...values, ...artifacts }])).texts.values(),
    ];
    expect(mirror).toBeDefined();
    expect(publicSources(await textsWith({ charts: {}, images }))).toContain('ghcr.io');
    const charts = examples.closedNetwork.charts;
    expect(publicSources(await textsWith({ charts, images: withoutMirror }))).toContain('quay.io');
  });
});
