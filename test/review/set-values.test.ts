import { describe, expect, it } from 'vitest';
import { releaseTree } from '../../review/change/release.ts';
import { Hidden } from '../../review/change/tree.ts';
import type { Plan } from '../../review/plan/read-plan.ts';
import { jsonReport } from '../../review/report/json.ts';
import { markdownReport } from '../../review/report/markdown.ts';
import { reviewPlans } from '../../review/review.ts';
import { type Draft, draftChange, planWith } from './draft-plan.ts';
import { foundRules } from './found-rules.ts';
import { releaseAttributes } from './local-change.ts';

const release = (blocks: Draft, values = 'a: 1\n') => ({
  name: 'r',
  namespace: 'n',
  values: [values],
  ...blocks,
});
const valuesOf = (blocks: Draft, values?: string) => releaseTree(release(blocks, values)).values;
const set = (name: string, value: string, type = '') => ({ set: [{ name, value, type }] });

describe('a `set` block of a Helm release', () => {
  it.each<[what: string, blocks: Draft, values: Draft]>([
    ['over a value', set('a', '2'), { a: 2 }],
    ['at a new path', set('b.c', 'x'), { a: 1, b: { c: 'x' } }],
    ['with a point in a key', set('b\\.c', 'x'), { a: 1, 'b.c': 'x' }],
    ['with an index', set('b[1].c', 'x'), { a: 1, b: [null, { c: 'x' }] }],
    ['with a list in braces', set('b', '{x,2,true}'), { a: 1, b: ['x', 2, true] }],
    ['with an empty list', set('b', '{}'), { a: 1, b: [] }],
    ['with a switch', set('b', 'false'), { a: 1, b: false }],
    ['with null', set('a', 'null'), { a: null }],
    ['with a number and the type `string`', set('b', '2', 'string'), { a: 1, b: '2' }],
    ['with a number with a leading zero', set('b', '02'), { a: 1, b: '02' }],
    ['with a comma after a backslash', set('b', 'x\\,y'), { a: 1, b: 'x,y' }],
    ['with a second assignment after a comma', set('b', 'x,c.d=y'), { a: 1, b: 'x', c: { d: 'y' } }],
    ['with a literal text', set('b', 'x,c=y', 'literal'), { a: 1, b: 'x,c=y' }],
    ['with a set_list', { set_list: [{ name: 'b', value: ['x', '2'] }] }, { a: 1, b: ['x', 2] }],
    [
      'in the order set, set_list',
      { set_list: [{ name: 'a', value: ['z'] }], ...set('a', 'x') },
      { a: ['z'] },
    ],
    ['with a key that objects inherit', set('constructor', 'x'), { a: 1, constructor: 'x' }],
  ])('changes the chart values in the same way as Helm: %s', (_, blocks, values) => {
    expect(valuesOf(blocks)).toEqual(values);
    const { release: attributes } = releaseTree(release(blocks));
    expect(attributes).toEqual({ name: 'r', namespace: 'n' });
  });

  it.each(['b[x]', 'b[99999999]', '', `${'x.'.repeat(40)}y`])(
    'with the name %j, which Helm refuses, does not change the chart values',
    (name) => {
      const blocks = { set: [{ name, value: 'x' }] };
      expect(releaseTree(release(blocks)).release).toMatchObject(blocks);
      expect(valuesOf(blocks)).toEqual({ a: 1 });
    },
  );
});

const prometheus = 'prometheus.prometheusSpec';
const changed = (blocks: Draft): Plan =>
  releaseAttributes('kube-prometheus-stack', (attributes) => Object.assign(attributes, blocks));

describe('a changed `set` block of a Helm release', () => {
  it.each<[rule: string, applies: Draft, other: Draft]>([
    ['retention-time-cut', set(`${prometheus}.retention`, '2d'), set(`${prometheus}.retention`, '90d')],
    [
      'public-chart-service',
      set('grafana.service.type', 'NodePort'),
      set('grafana.service.type', 'ClusterIP'),
    ],
    [
      'ingress-added',
      set('x', 'y,grafana.ingress.enabled=true'),
      set('x', 'y,grafana.ingress.enabled=false'),
    ],
    [
      'container-privileged',
      { set_list: [], ...set('x.securityContext.privileged', 'true') },
      set('x.securityContext.privileged', 'false'),
    ],
  ])('is rated by the review rule %s', (rule, applies, other) => {
    expect(foundRules(changed(applies))).toHaveProperty(rule);
    expect(foundRules(changed(other))).not.toHaveProperty(rule);
  });

  it('is rated `safe` if the retention becomes longer', () => {
    expect(foundRules(changed(set(`${prometheus}.retention`, '90d')))).toEqual({
      'retention-longer': 'safe',
    });
  });
});

describe('a value of a Helm release', () => {
  const secret = 'hunter2-hunter2';
  const marked = (block: string, value: string) => {
    const before = release({ [block]: [{ name: 'login.text', value: `${secret}-1` }] });
    const after = release({ [block]: [{ name: 'login.text', value }] });
    const draft = draftChange('helm_release', 'r', 'update', before, after);
    const marks = block === 'set_sensitive' ? { [block]: [{ value: true }] } : {};
    return planWith('s', [
      { ...draft, change: { ...draft.change, before_sensitive: marks, after_sensitive: marks } },
    ]);
  };
  const reports = (plan: Plan) =>
    [markdownReport, jsonReport].map((report) =>
      report(reviewPlans([plan]), { failOn: undefined, accept: [] }),
    );

  it.each(['set_sensitive', 'set_wo'])('in a `%s` block is hidden, but its change is reported', (block) => {
    const plan = marked(block, `${secret}-2`);
    for (const report of reports(plan)) {
      expect(report).not.toContain(secret);
      expect(report).toContain('(sensitive value)');
    }
    expect(reviewPlans([plan]).stacks[0]?.changes[0]?.change.differences.map(({ path }) => path)).toEqual([
      ['values', 'login', 'text'],
    ]);
    expect(reviewPlans([marked(block, `${secret}-1`)]).stacks[0]?.changes).toEqual([]);
  });

  it('in a `set_sensitive` block is `Hidden` in the chart values', () => {
    expect(valuesOf({ set_sensitive: [{ name: 'a', value: 'x' }] })).toEqual({ a: expect.any(Hidden) });
  });

  it('may be named `password` in `set_sensitive`, but not in `set`', () => {
    const plan = (block: string) =>
      planWith('s', [
        draftChange(
          'helm_release',
          'r',
          'create',
          null,
          release({ [block]: [{ name: 'password', value: secret }] }),
        ),
      ]);
    expect(() => reviewPlans([plan('set_sensitive')])).not.toThrow();
    expect(() => reviewPlans([plan('set')])).toThrow('password is a value with the name of a secret');
  });
});
