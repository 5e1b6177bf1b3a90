import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { coerce, gt } from 'semver';
import { describe, expect, it } from 'vitest';
import { type ChartPin, charts } from '../../../config/charts.ts';

const pins: [string, ChartPin][] = Object.entries(charts);

describe('the pinned versions of the charts', () => {
  it('have the same operator version for the operator chart and for the chart of its CRDs', () => {
    expect(charts.operatorCrds.appVersion).toBe(charts.kubePrometheusStack.appVersion);
  });

  it.each(pins.filter(([, { images }]) => Object.keys(images).length > 0))(
    'for the chart %s, contain an app version that equals the tag that the chart sets for its first image (without the tag suffix -alpine or -distroless)',
    (_name, { appVersion, images }) => {
      const [first] = Object.values(images);
      const tag = first?.chartTag ?? first?.tag ?? '';
      expect(tag.replace(/-(alpine|distroless)$/, '')).toBe(appVersion);
    },
  );

  const newer = pins.flatMap(([, { images }]) =>
    Object.values(images).flatMap(({ repository, tag, chartTag }) =>
      chartTag === undefined ? [] : [[repository, tag, chartTag] as const],
    ),
  );

  it.each(newer)(
    'for the image %s, contain the tag %s, which is newer than the tag %s in the chart',
    (_repository, tag, chartTag) => {
      const [set, own] = [tag, chartTag].map((text) => coerce(text));
      expect(set && own && gt(set, own)).toBe(true);
    },
  );

  it('are not repeated in the TypeScript files of test/modules and test/stacks', () => {
    const versions = pins.flatMap(([, { version, images }]) => [
      version,
      ...Object.values(images).map(({ tag }) => tag),
    ]);
    const tests = ['modules', 'stacks'].flatMap((folder) => {
      const root = join(import.meta.dirname, '../..', folder);
      const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
      return files.filter((file) => file.endsWith('.ts')).map((file) => join(root, file));
    });
    expect(tests.length).toBeGreaterThan(20);
    const repeated = tests.filter((file) => {
      const text = readFileSync(file, 'utf8');
      return versions.some((version) => text.includes(version));
    });
    expect(repeated).toEqual([]);
  });
});
