import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ReleaseName, releaseNames } from '../../config/cluster-names.ts';
import { isObject } from '../../config/extra-values.ts';
import type { EnvironmentValues } from '../../platforms/environment.ts';
import { committed, variants } from './environments.ts';
import { type StackJson, synthesize, valuesOf } from './synthesis.ts';

const folder = join(import.meta.dirname, '../../docs/charts');
const page = (name: string) => readFileSync(join(folder, `${name}.md`), 'utf8');

const environments = [...committed, ...variants];
const stacks = [...(await synthesize(committed)).stacks, ...(await synthesize(variants)).stacks];

/** Returns the environment and the chart values of each stack that contains the release. */
function installations(release: ReleaseName) {
  return stacks.flatMap(([name, stack]) => {
    const environment = environments.find((candidate) => name.startsWith(`${candidate.name}-`));
    const values = valuesIn(stack, release);
    return environment && values ? [{ environment, values }] : [];
  });
}

function valuesIn(stack: StackJson, release: ReleaseName): unknown {
  return releasesOf(stack).includes(release) ? valuesOf(stack, release) : undefined;
}

const releasesOf = (stack: StackJson) =>
  Object.values(stack.resource.helm_release ?? {}).map(({ name }) => name);

/** Paths of chart values in the table of a page, split into keys. `grafana.ini` is one key. */
function documentedPaths(text: string): readonly (readonly string[])[] {
  const rows = text.slice(text.indexOf('| value | what we set')).split('\n').slice(2);
  const table = rows.slice(0, rows.indexOf(''));
  return table.flatMap((row) =>
    [...(row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, path = '']) =>
      path
        .replace('grafana.ini', 'grafana␠ini')
        .split('.')
        .map((key) => key.replace('␠', '.')),
    ),
  );
}

const has = (values: unknown, [key, ...rest]: readonly string[]): boolean =>
  key === undefined || (isObject(values) && key in values && has(values[key], rest));

it('every chart release has a page, and the index lists each page', () => {
  const pages = readdirSync(folder).filter((file) => file !== 'README.md');
  expect(pages.sort()).toEqual(releaseNames.map((name) => `${name}.md`).sort());
  for (const file of pages) expect(page('README')).toContain(`](${file})`);
});

describe.each(releaseNames)('the page of the release %s', (release) => {
  it('documents only values that the stacks set', () => {
    const paths = documentedPaths(page(release));
    expect(paths.length).toBeGreaterThan(0);
    const all = installations(release);
    const missing = paths.filter((path) => !all.some(({ values }) => has(values, path)));
    expect(missing).toEqual([]);
  });

  it('contains a valid example of `extraValues`', async () => {
    const [, example] = /```ts\n([\s\S]*?)```/.exec(page(release)) ?? [];
    const { charts } = new Function(`return {${example}}`)() as Pick<EnvironmentValues, 'charts'>;
    const [first] = installations(release);
    if (!first) throw new Error(`no environment installs ${release}`);
    expect(Object.keys(charts.extraValues ?? {})).toEqual([release]);
    const values: EnvironmentValues = { ...first.environment, charts };
    const synthesized = [...(await synthesize([values])).stacks.values()];
    const installed = synthesized.flatMap((stack) => valuesIn(stack, release) ?? []);
    expect(installed.length).toBeGreaterThan(0);
    for (const found of installed) expect(found).toMatchObject(charts.extraValues?.[release] ?? {});
  });
});

it('the pages of the chart releases link only to files that exist', () => {
  const links = readdirSync(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)].map(
      ([, to = '']) => to,
    ),
  );
  expect(links.filter((link) => !existsSync(join(folder, link)))).toEqual([]);
});
