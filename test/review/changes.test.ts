import { describe, expect, it } from 'vitest';
import type { Change } from '../../review/change/change.ts';
import { changesOf } from '../../review/change/changes.ts';
import { differences } from '../../review/change/difference.ts';
import { imageVersions } from '../../review/change/versions.ts';
import type { Plan } from '../../review/plan/read-plan.ts';
import { treeLines } from '../../review/report/tree-lines.ts';
import { reviewPlans } from '../../review/review.ts';
import { azureChange, azurePlan, azureStacks } from './azure-plan.ts';
import { type Draft, draftChange, planWith } from './draft-plan.ts';
import { releaseAttributes, releaseChange } from './local-change.ts';
import { type RecordedPlan, recorded } from './recorded.ts';

const texts = (before: Draft, after: Draft) => treeLines(differences(before, after));
const only = (plan: Plan): Change => {
  const { changes } = changesOf(plan);
  if (changes.length !== 1 || !changes[0]) throw new Error(`${changes.length} changes`);
  return changes[0];
};

describe('the comparison of old and new values', () => {
  it('shows only changed values, with their parent keys', () => {
    expect(texts({ a: { b: 1, c: 2 }, d: 3 }, { a: { b: 1, c: 5 }, d: 3 })).toEqual([
      '  a:',
      '-   c: 2',
      '+   c: 5',
    ]);
  });

  it('matches the elements of a list by their names', () => {
    const rule = (name: string, expr: string) => ({ alert: name, expr });
    const before = { rules: [rule('A', '1'), rule('B', '2'), rule('C', '3')] };
    const after = { rules: [rule('New', '0'), rule('A', '1'), rule('B', '9'), rule('C', '3')] };
    expect(differences(before, after).map(({ path }) => path.join('.'))).toEqual([
      'rules.B.expr',
      'rules.New',
    ]);
  });

  it('matches unnamed list elements by content, then order', () => {
    const before = [{ from: 1 }, { from: 2 }, { from: 3 }];
    expect(differences(before, [{ from: 2 }, { from: 3 }])).toEqual([{ path: ['0'], before: { from: 1 } }]);
    expect(differences(before, [{ from: 1 }, { from: 7 }, { from: 3 }])).toEqual([
      { path: ['0', 'from'], before: 2, after: 7 },
    ]);
  });

  it('shows a change from `--a=1` to `--a=2` at the path `--a`', () => {
    expect(differences(['--a=1', '--b'], ['--a=2', '--b'])).toEqual([
      { path: ['--a'], before: '--a=1', after: '--a=2' },
    ]);
  });

  it('reports a changed order of a list', () => {
    expect(texts({ args: ['a', 'b'] }, { args: ['b', 'a'] })).toEqual([
      '  args:',
      '~   the same elements in another order',
    ]);
  });

  it('compares two JSON texts field by field', () => {
    expect(differences({ f: '{"a":{"b":1}}' }, { f: '{"a": {"b": 2}}' })).toEqual([
      { path: ['f', 'a', 'b'], before: 1, after: 2 },
    ]);
    expect(texts({ f: 'one\ntwo\n' }, { f: 'one\nthree\n' })).toEqual(['  f:', '-   two', '+   three']);
  });

  it('ignores upper and lower case in Azure ids', () => {
    const id = '/subscriptions/1/resourceGroups/A/providers/X';
    expect(differences({ id }, { id: id.toLowerCase() })).toEqual([]);
    expect(differences({ a: 'Name' }, { a: 'name' })).toHaveLength(1);
    expect(differences({ a: null, b: [], c: '' }, { a: {}, b: null })).toEqual([]);
    expect(differences({ a: false }, { a: null })).toHaveLength(1);
  });

  it.each<[what: string, before: Draft, after: Draft, lines: readonly string[]]>([
    ['an absent value and {} are equal', {}, { a: {} }, []],
    ['an object of such values is also equal', {}, { a: { b: {} } }, []],
    ['null removes a default of the chart', {}, { a: null }, ['+   a: null']],
    ['[] replaces a default', {}, { a: [] }, ['+   a: []']],
    ['an empty text does not remove a default', { a: null }, { a: '' }, ['-   a: null', '+   a: ""']],
    ['{} keeps what null removes', { a: null }, { a: {} }, ['-   a: null', '+   a: {}']],
    ['null in an object', { a: { b: 1 } }, { a: { b: 1, c: null } }, ['    a:', '+     c: null']],
  ])('treats empty chart values as Helm does: %s', (_, before, after, lines) => {
    const found = changesOf(onlyValues(before, after)).changes.flatMap((change) => change.differences);
    expect(treeLines(found).slice(1)).toEqual(lines);
  });

  it('gives the tier `review` if a chart value becomes `null`', () => {
    expect(reviewPlans([onlyValues({}, { securityContext: null })]).tier).toBe('review');
    expect(reviewPlans([onlyValues({}, { securityContext: {} })]).stacks[0]).toMatchObject({
      changes: [],
      noise: 1,
    });
  });

  it('shows at most twelve lines of an added subtree', () => {
    const large = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`k${index}`, index]));
    const lines = texts({}, { large });
    expect(lines).toHaveLength(13);
    expect(lines.at(-1)).toMatch(/… 19 more lines/);
  });
});

describe('the changes of a plan', () => {
  it.each<[RecordedPlan, created: number, changed: number, destroyed: number]>([
    ['create-local-monitoring', 20, 0, 0],
    ['no-changes-local-workloads', 0, 0, 0],
    ['functions-image-tag', 0, 3, 0],
    ['edge-removed-destroy-local-federation', 0, 0, 5],
    ['engine-prometheus-to-thanos-monitoring', 18, 2, 0],
  ])(
    'are counted: %s creates %i, changes %i and destroys %i resources',
    (name, created, changed, destroyed) => {
      const { changes } = changesOf(recorded(name));
      const of = (action: string) => changes.filter((change) => change.action === action).length;
      expect([of('create'), of('update'), of('destroy')]).toEqual([created, changed, destroyed]);
    },
  );

  it('leave out reads of data sources, and updates that change nothing', () => {
    const id = { id: '/subscriptions/1/resourceGroups/A', a: null };
    const noise = draftChange('azurerm_subnet', 'a', 'update', id, { id: id.id.toLowerCase(), a: [] });
    const read = { ...draftChange('azurerm_subnet', 'b', 'create', null, {}), mode: 'data' as const };
    const reading = { ...read, change: { ...read.change, actions: ['read'] } };
    const found = changesOf(planWith('s', [noise, reading]));
    expect(found.changes).toEqual([]);
    expect(found.noise).toBe(1);
  });

  it.each<[actions: readonly string[], action: string]>([
    [['delete', 'create'], 'replace'],
    [['create', 'delete'], 'replace'],
    [['forget'], 'forget'],
    [['delete'], 'destroy'],
  ])('show the Terraform actions %j as "%s"', (actions, action) => {
    const draft = draftChange('azurerm_subnet', 'a', 'update', { name: 'a' }, { name: 'b' });
    expect(only(planWith('s', [{ ...draft, change: { ...draft.change, actions } }])).action).toBe(action);
  });

  it('contain the reason that Terraform gives for a replacement', () => {
    const draft = {
      ...draftChange('azurerm_subnet', 'a', 'replace', { name: 'a' }, { name: 'b' }),
      action_reason: 'replace_because_cannot_update',
    };
    expect(only(planWith('s', [draft])).reason).toBe('a changed value cannot be updated in place');
  });

  it('list resources that changed outside Terraform', () => {
    const drift = draftChange('kubernetes_deployment_v1', 'a', 'update', { spec: 1 }, { spec: 2 });
    expect(changesOf(planWith('s', [], { resource_drift: [drift] })).drift).toHaveLength(1);
  });

  it('mark values that Terraform computes only during the apply', () => {
    const draft = draftChange('azurerm_subnet', 'a', 'update', { id: 'x' }, {}, { id: true });
    expect(treeLines(only(planWith('s', [draft])).differences)).toEqual([
      '- id: x',
      '+ id: (known after apply)',
    ]);
  });
});

describe('the readable name of a resource', () => {
  it('contains the kind and the name of a Kubernetes object', () => {
    const { changes } = changesOf(recorded('create-local-workloads'));
    const names = changes.map(({ name }) => name);
    expect(names).toContain('release nats in nats');
    expect(names).toContain('NetworkPolicy nats/deny-ingress');
    expect(names).toContain('Namespace nats');
    expect(names).toContain('CronJob airflow-3/batch-pusher-schedule');
  });

  it('contains role, principal and scope of a role assignment', () => {
    const pull = azureChange('prod-platform', ['azurerm_role_assignment', 'AcrPull'], 'create');
    expect(only(pull).name).toBe(
      'role AcrPull for the kubelet of kubernetes cluster monitoring-prod on container registry monitoringprodacr',
    );
    const officer = azureChange(
      'prod-platform',
      ['azurerm_role_assignment', 'Key Vault Secrets Officer'],
      'create',
    );
    expect(only(officer).name).toBe(
      'role Key Vault Secrets Officer for group 00000000-0000-0000-0000-0000000000ad on key vault monitoring-prod-kv',
    );
  });

  it('shortens an Azure id to its last two segments', () => {
    const role = {
      role_definition_name: 'Reader',
      principal_id: '1',
      scope: '/subscriptions/1/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v',
    };
    expect(
      only(planWith('s', [draftChange('azurerm_role_assignment', 'r', 'create', null, role)])).name,
    ).toBe('role Reader for principal 1 on vaults v');
  });
});

describe('a Helm release in a plan', () => {
  it('lists the changed chart values as its differences', () => {
    const { release, objects, differences: found } = only(recorded('edge-labels-changed'));
    expect(release).toMatchObject({ name: 'nats', namespace: 'another-cluster' });
    expect(objects.map(({ kind }) => kind)).toContain('PrometheusAgent');
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ path }) => path[0] === 'values')).toBe(true);
  });

  it('merges several documents of chart values as Helm does', () => {
    const release = (values: readonly string[]) => ({ name: 'r', namespace: 'n', values });
    const before = release(['a: 1\nb:\n  c: 1\n  d: 1\n']);
    const after = release(['a: 1\nb:\n  c: 1\n  d: 1\n', '{"b":{"d":2}}']);
    const change = only(planWith('s', [draftChange('helm_release', 'r', 'update', before, after)]));
    expect(change.differences).toEqual([{ path: ['values', 'b', 'd'], before: 1, after: 2 }]);
  });

  it('lists a change of a chart value to null', () => {
    const release = (values: readonly string[]) => ({ name: 'r', namespace: 'n', values });
    const before = release(['a: 1\nb:\n  c: 1\n']);
    const after = release(['a: 1\nb:\n  c: 1\n', '{"b":{"c":null}}']);
    const change = only(planWith('s', [draftChange('helm_release', 'r', 'update', before, after)]));
    expect(change.differences).toEqual([{ path: ['values', 'b', 'c'], before: 1, after: null }]);
  });

  it('compares chart values as text if the YAML is invalid', () => {
    const release = (text: string) => ({ name: 'r', namespace: 'n', values: [text] });
    const draft = draftChange('helm_release', 'r', 'update', release('a: b: c'), release('a: b: d'));
    expect(only(planWith('s', [draft])).differences).toHaveLength(1);
  });

  it('shows whether a version change is major, minor or patch', () => {
    const chart = only(
      releaseAttributes('kube-prometheus-stack', (release) => {
        release.version = '89.0.1';
      }),
    );
    expect(chart.versions).toMatchObject([
      {
        kind: 'chart',
        name: 'kube-prometheus-stack',
        from: '88.5.3',
        to: '89.0.1',
        jump: 'major',
        older: false,
      },
    ]);
    const image = only(
      releaseChange('nats/nats', (values) => {
        values.container.image.tag = '2.15.3-alpine';
      }),
    );
    expect(image.versions).toMatchObject([
      { kind: 'image', from: '2.15.2-alpine', to: '2.15.3-alpine', jump: 'patch' },
    ]);
    expect(
      changesOf(recorded('functions-image-tag')).changes.map(({ versions }) => versions[0]),
    ).toMatchObject(
      Array.from({ length: 3 }, () => ({ kind: 'image', from: '1.0.0', to: '1.1.0', jump: 'minor' })),
    );
  });
});

it.each<[before: string, after: string, jump: string, older: boolean]>([
  ['v3.14.0-distroless', 'v3.16.0-distroless', 'minor', false],
  ['3.16.0', '2.55.1', 'major', true],
  ['1.0.0', 'main', 'other', false],
])('the change from image tag %s to %s is %s', (before, after, jump, older) => {
  expect(
    imageVersions([{ path: ['spec', 'image'], before: `r/x:${before}`, after: `r/x:${after}` }]),
  ).toMatchObject([{ name: 'r/x', from: before, to: after, jump, older }]);
});

describe('a recorded plan of an Azure stack', () => {
  it('marks values that Terraform computes during the apply', () => {
    const plan = azurePlan('prod-platform');
    const account = plan.resource_changes.find(({ type }) => type === 'azurerm_storage_account');
    expect(account?.change.after).toMatchObject({ resource_group_name: 'monitoring-prod' });
    const assignment = plan.resource_changes.find(({ name }) => name.startsWith('registry_pull-kubelet'));
    expect(assignment?.change.after_unknown).toMatchObject({ principal_id: true, scope: true });
  });

  it('exists for each stack of an Azure environment', () => {
    const layers = ['federation', 'functions', 'monitoring', 'platform', 'workloads'];
    for (const environment of ['dev', 'prod', 'managed', 'scaled']) {
      expect(azureStacks).toEqual(expect.arrayContaining(layers.map((layer) => `${environment}-${layer}`)));
    }
  });
});

function onlyValues(before: Draft, after: Draft): Plan {
  const release = (values: Draft) => ({ name: 'r', namespace: 'n', values: [JSON.stringify(values)] });
  return planWith('s', [draftChange('helm_release', 'r', 'update', release(before), release(after))]);
}
