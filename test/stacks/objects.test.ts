import { describe, expect, it } from 'vitest';
import { kubernetesObjects, type Manifest, validate } from '../modules/kubernetes/manifest.ts';
import { committed, variants } from './environments.ts';
import { blocks, type StackJson, synthesize } from './synthesis.ts';

const stacks = [...(await synthesize(committed)).stacks, ...(await synthesize(variants)).stacks];

/** Omits manifests that are strings, because only Helm can render their templates. */
const inChartValues = (stack: StackJson): Manifest[] =>
  blocks(stack, 'helm_release')
    .map(({ values }) => JSON.parse((values as string[])[0] ?? ''))
    .flatMap(({ extraManifests = [], extraResources = [] }) => [...extraManifests, ...extraResources])
    .filter((manifest) => typeof manifest === 'object');

describe.each(stacks)('the stack %s', (_name, stack) => {
  it('creates only Kubernetes objects that are valid according to their published schemas', () => {
    const objects = kubernetesObjects(stack);
    for (const object of [...objects, ...inChartValues(stack)]) validate(object);
    const types = Object.keys(stack.resource).filter((type) => type.startsWith('kubernetes_'));
    // Secrets are not validated, because their data is a write-only argument of Terraform.
    const own = types
      .filter((type) => type !== 'kubernetes_secret_v1')
      .flatMap((type) => blocks(stack, type));
    expect(objects).toHaveLength(own.length);
  });
});
