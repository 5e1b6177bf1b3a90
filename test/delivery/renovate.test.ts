import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ChartPin, charts } from '../../config/charts.ts';
import { providerVersions } from '../../config/terraform.ts';
import { programs } from '../../toolchain/index.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

interface Manager {
  readonly description: string;
  readonly managerFilePatterns: readonly string[];
  readonly matchStrings: readonly string[];
  readonly depNameTemplate?: string;
  readonly packageNameTemplate?: string;
  readonly datasourceTemplate: string;
  readonly depTypeTemplate: string;
}
const { customManagers, enabledManagers } = JSON.parse(read('renovate.json')) as {
  customManagers: readonly Manager[];
  enabledManagers: readonly string[];
};

const files = ['config', 'toolchain', '.github'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
);

/** Fills a Handlebars template of Renovate. */
function filled(template: string, groups: Readonly<Record<string, string | undefined>>): string {
  return template
    .replace(/\{\{#if (\w+)\}\}(.*?)\{\{else\}\}(.*?)\{\{\/if\}\}/g, (_all, name, then, otherwise) =>
      groups[name] === undefined ? otherwise : then,
    )
    .replace(/\{\{\{(\w+)\}\}\}/g, (_all, name) => groups[name] ?? '');
}

/** Returns the pins that Renovate finds for this dependency type, as `[registry] package version`. */
function found(depType: string): string[] {
  return customManagers
    .filter(({ depTypeTemplate }) => depTypeTemplate === depType)
    .flatMap((manager) => {
      const patterns = manager.managerFilePatterns.map((pattern) => new RegExp(pattern.slice(1, -1)));
      return files
        .filter((file) => patterns.some((pattern) => pattern.test(file)))
        .flatMap((file) =>
          manager.matchStrings.flatMap((match) => [...read(file).matchAll(new RegExp(match, 'g'))]),
        )
        .map(({ groups = {} }) => {
          const depName = filled(manager.depNameTemplate ?? '{{{depName}}}', groups);
          const name = filled(manager.packageNameTemplate ?? '{{{depName}}}', { ...groups, depName });
          return `${groups.registryUrl ? `${groups.registryUrl} ` : ''}${name} ${groups.currentValue}`;
        });
    })
    .sort();
}

const pins: readonly ChartPin[] = Object.values(charts);
const imageName = (registry: string, repository: string, tag: string) => `${registry}/${repository} ${tag}`;

describe('the configuration of Renovate', () => {
  it('finds the version and the repository of every chart', () => {
    const expected = pins.map(({ chart, version, repository }) =>
      repository.startsWith('oci://')
        ? `${repository.slice('oci://'.length)}/${chart} ${version}`
        : `${repository} ${chart} ${version}`,
    );
    expect(found('chart')).toEqual(expected.sort());
  });

  it('finds every image of a chart', () => {
    const images = pins.flatMap((pin) => Object.values(pin.images));
    const names = (newer: boolean) =>
      [
        ...new Set(
          images
            .filter(({ chartTag }) => (chartTag !== undefined) === newer)
            .map(({ registry, repository, tag }) => imageName(registry, repository, tag)),
        ),
      ].sort();
    expect(found('newer image')).toEqual(names(true));
    expect(found('image')).toEqual(names(false));
  });

  it('finds every Terraform provider', () => {
    const expected = Object.entries(providerVersions).map(
      ([name, version]) => `hashicorp/${name} ${version.replace('~> ', '')}`,
    );
    expect(found('provider')).toEqual(expected.sort());
  });

  it('finds every program of the laptop pipeline', () => {
    const expected = Object.values(programs).flatMap(({ release, module, version, moduleVersion }) => [
      `${release.repository} ${version}`,
      ...(moduleVersion === `v${version}` ? [] : [`${module} ${moduleVersion}`]),
    ]);
    expect(found('program')).toEqual([...new Set(expected)].sort());
  });

  it('finds every *_version and *_VERSION in .github', () => {
    const lines = files
      .filter((file) => file.startsWith('.github/') && file.endsWith('.yml'))
      .flatMap((file) => [...read(file).matchAll(/^\s*\w+(?:_version|_VERSION): (\S+)$/gm)])
      .map(([, version]) => version);
    expect(lines.length).toBeGreaterThan(0);
    const versions = found('tool').map((pin) => pin.split(' ')[1]);
    expect(versions.sort()).toEqual(lines.sort());
  });

  it('finds at least one dependency of each declared type', () => {
    for (const depType of new Set(customManagers.map(({ depTypeTemplate }) => depTypeTemplate)))
      expect(found(depType).length, depType).toBeGreaterThan(0);
  });
});

it('Renovate uses only the managers that this test lists', () => {
  expect(enabledManagers).toEqual(['npm', 'github-actions', 'gomod', 'pip_requirements', 'custom.regex']);
});

it('the patterns of Renovate contain no lookahead and no lookbehind', () => {
  for (const { matchStrings } of customManagers)
    for (const match of matchStrings) expect(match).not.toMatch(/\(\?(?:=|!|<=|<!)/);
});
