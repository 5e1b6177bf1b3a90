import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { coerce, gt } from 'semver';
import { describe, expect, it } from 'vitest';
import { type ChartPin, charts } from '../../../config/charts.ts';

const pins: [string, ChartPin][] = Object.entries(charts);

describe('the pinned charts', () => {
  it('contain CRDs of the same version as the Prometheus Operator', () => {
    expect(charts.operatorCrds.appVersion).toBe(charts.kubePrometheusStack.appVersion);
  });

  it.each(pins.filter(([, { images }]) => Object.keys(images).length > 0))(
    'use their app version as the tag of their first image: %s',
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

  it.each(newer)('use a newer tag of the image %s: %s instead of %s', (_repository, tag, chartTag) => {
    const [set, own] = [tag, chartTag].map((text) => coerce(text));
    expect(set && own && gt(set, own)).toBe(true);
  });

  it('have versions that module tests and stack tests do not contain', () => {
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
