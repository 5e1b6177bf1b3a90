import type { Models } from '@cyclonedx/cyclonedx-library';
import { type ChartPin, charts } from '../../../config/charts.ts';
import { chartComponent, dependOn, imageComponent } from './components.ts';
import type { Subject } from './document.ts';

/** The fields of a stack in Terraform JSON that this file reads. */
export interface StackJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Release {
  readonly chart: string;
  readonly version: string;
  readonly repository: string;
}

/** `registry/repository:tag`, with or without a digest. */
const imageReference = /^[\w.:-]+(\/[\w.-]+)+:[\w.-]+(@sha256:[0-9a-f]{64})?$/;

const pins: readonly ChartPin[] = Object.values(charts);

/** @param mirror registry that replaces the registries of the pinned images */
export function platformSubject(environment: string, stacks: readonly StackJson[], mirror?: string): Subject {
  const images = new Map<string, Models.Component>();
  const image = (reference: string): Models.Component => {
    const known = images.get(reference) ?? imageComponent(reference);
    images.set(reference, known);
    return known;
  };
  const installed = new Map<string, Models.Component>();
  for (const release of stacks.flatMap(releasesOf)) {
    const chart = chartComponent(release);
    const reference = chart.bomRef.value ?? '';
    const known = installed.get(reference) ?? chart;
    installed.set(reference, known);
    const pin = pins.find((each) => each.chart === release.chart);
    dependOn(
      known,
      Object.values(pin?.images ?? {}).map(({ registry, repository, tag }) =>
        image(`${mirror ?? registry}/${repository}:${tag}`),
      ),
    );
  }
  const ofPods = [...new Set(stacks.flatMap((stack) => imageTexts(stack.resource)))].map(image);
  return {
    file: `platform-${environment}`,
    description: `The Helm charts and the container images of the environment ${environment}.`,
    top: [...installed.values(), ...ofPods],
    below: [...images.values()].filter((each) => !ofPods.includes(each)),
  };
}

function releasesOf({ resource }: StackJson): readonly Release[] {
  return Object.values(resource?.helm_release ?? {}) as readonly Release[];
}

/** The full image references in all fields `image`, also in JSON texts such as the values of a release. */
export function imageTexts(value: unknown): readonly string[] {
  if (typeof value === 'string') {
    if (!/^\s*[[{]/.test(value) || !value.includes('"image"')) return [];
    try {
      return imageTexts(JSON.parse(value));
    } catch {
      return [];
    }
  }
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === 'image' && typeof child === 'string' && imageReference.test(child) ? [child] : imageTexts(child),
  );
}
