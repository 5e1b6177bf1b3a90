import { describe, expect, it } from 'vitest';
import { charts } from '../../../config/charts.ts';
import type { ChartValues } from '../../../config/extra-values.ts';
import { ChartRelease } from '../../../modules/kubernetes/chart-release.ts';
import { contradictions, mergeValues } from '../../../modules/kubernetes/extra-values.ts';
import { release, releaseValues, synthesize } from './synthesis.ts';

const own = { a: { b: 1, list: [1, 2] }, off: undefined };

describe('the merge of extra values', () => {
  it('adds keys also to nested objects of the platform values', () => {
    expect(mergeValues(own, { c: true, a: { d: { e: 'f' } } })).toEqual({
      a: { b: 1, list: [1, 2], d: { e: 'f' } },
      off: undefined,
      c: true,
    });
  });

  it('does not change the objects that it merges', () => {
    const extra = { a: { d: 1 } };
    const before = structuredClone([own, extra]);
    mergeValues(own, extra);
    expect([own, extra]).toEqual(before);
  });

  it('adds a key named __proto__ like every other key', () => {
    const merged = mergeValues({ a: 1 }, JSON.parse('{"__proto__": {"polluted": true}}'));
    expect(JSON.stringify(merged)).toBe('{"a":1,"__proto__":{"polluted":true}}');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('the check of extra chart values', () => {
  it.each<[string, ChartValues, string[]]>([
    ['a value different from the platform value', { a: { b: 2 } }, ['a', 'b']],
    ['a list different from the platform list', { a: { list: [1, 2, 3] } }, ['a', 'list']],
    ['null in place of an object', { a: null }, ['a']],
    ['a scalar in place of an object', { a: 'text' }, ['a']],
    ['an object in place of a scalar', { a: { b: {} } }, ['a', 'b']],
  ])('reports %s', (_what, extra, path) => {
    expect(contradictions(own, extra).map((found) => found.path)).toEqual([path]);
  });

  it.each<[string, ChartValues]>([
    ['a value equal to the platform value', { a: { b: 1, list: [1, 2] } }],
    ['a key whose platform value is undefined', { off: true }],
    ['a key that the platform does not set', { c: null, a: { c: [] } }],
  ])('accepts %s', (_what, extra) => {
    expect(contradictions(own, extra)).toEqual([]);
  });
});

describe('a release with extra values', () => {
  const withExtra = (extra: ChartValues) =>
    synthesize((stack, connection) => {
      new ChartRelease(stack, 'release', {
        connection,
        namespace: 'nats',
        chart: charts.nats,
        name: 'nats',
        values: { config: { jetstream: { enabled: true } } },
        extraValues: { nats: extra, pushgateway: { not: 'here' } },
      });
    });

  it('ignores the extra values of other releases', () => {
    expect(releaseValues(withExtra({ config: { merge: { max_payload: 1 } } }), 'nats')).toEqual({
      config: { jetstream: { enabled: true }, merge: { max_payload: 1 } },
    });
  });

  it('escapes text that Terraform would evaluate as a template', () => {
    const { values } = release(withExtra({ text: `$\{name} %{if}` }), 'nats');
    expect(values).toEqual([expect.stringContaining(`"text":"$$\{name} %%{if}"`)]);
  });
});
