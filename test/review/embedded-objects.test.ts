import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Plan } from '../../review/plan/read-plan.ts';
import { markdownReport } from '../../review/report/markdown.ts';
import { reviewPlans } from '../../review/review.ts';
import { type Draft, draftChange, planWith } from './draft-plan.ts';
import { foundRules } from './found-rules.ts';

const object = (kind: string, name: string, more: Draft) => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: 'n' },
  ...more,
});

const policy = (spec: Draft) =>
  object('NetworkPolicy', 'p', {
    spec: { podSelector: { matchLabels: { app: 'x' } }, policyTypes: ['Ingress'], ingress: [], ...spec },
  });
const range = (block: Draft) => [{ from: [{ ipBlock: block }], ports: [{ port: 80 }] }];
const binding = (role: string) =>
  object('ClusterRoleBinding', 'b', {
    roleRef: { kind: 'ClusterRole', name: role },
    subjects: [{ kind: 'Group', name: 'everyone' }],
  });
const role = (resource: string) =>
  object('ClusterRole', 'r', { rules: [{ apiGroups: [''], resources: ['pods', resource], verbs: ['get'] }] });
const alerts = (...names: readonly string[]) =>
  object('PrometheusRule', 'r', {
    spec: { groups: [{ name: 'g', rules: names.map((alert) => ({ alert, expr: 'up == 0' })) }] },
  });
const monitor = object('ServiceMonitor', 'm', { spec: { endpoints: [{ port: 'http' }] } });
const service = (type: string) => object('Service', 's', { spec: { type, ports: [{ port: 80 }] } });
const claim = (storage: string) =>
  object('PersistentVolumeClaim', 'c', { spec: { resources: { requests: { storage } } } });
const namespace = (level: string) =>
  object('Namespace', 'n', {
    metadata: { name: 'n', labels: { 'pod-security.kubernetes.io/enforce': level } },
  });

interface Case {
  readonly what: string;
  readonly rule: string;
  readonly before?: Draft;
  readonly after?: Draft;
  readonly other: { readonly before?: Draft; readonly after?: Draft };
}

const cases: readonly Case[] = [
  {
    what: 'a NetworkPolicy that allows everyone',
    rule: 'network-policy-opened',
    before: policy({}),
    after: policy({ ingress: [{}] }),
    other: { before: policy({ ingress: [{}] }), after: policy({}) },
  },
  {
    what: 'a NetworkPolicy without types that allows more',
    rule: 'network-policy-opened',
    before: policy({ policyTypes: undefined }),
    after: policy({ policyTypes: ['Egress'] }),
    other: { before: policy({ policyTypes: undefined }), after: policy({ policyTypes: ['Ingress'] }) },
  },
  {
    what: 'a NetworkPolicy that is removed',
    rule: 'network-policy-removed',
    before: policy({}),
    other: { after: policy({}) },
  },
  {
    what: 'a NetworkPolicy for the internet',
    rule: 'open-to-the-internet',
    before: policy({}),
    after: policy({ ingress: range({ cidr: '0.0.0.0/0' }) }),
    other: { before: policy({}), after: policy({ ingress: range({ cidr: '10.0.0.0/8' }) }) },
  },
  {
    what: 'a ClusterRoleBinding to cluster-admin',
    rule: 'cluster-admin-bound',
    before: binding('view'),
    after: binding('cluster-admin'),
    other: { before: binding('cluster-admin'), after: binding('view') },
  },
  {
    what: 'a ClusterRole that may read secrets',
    rule: 'powerful-right-in-cluster',
    before: role('services'),
    after: role('secrets'),
    other: { before: role('secrets'), after: role('services') },
  },
  {
    what: 'an alert that is removed',
    rule: 'alert-removed',
    before: alerts('A', 'B'),
    after: alerts('A'),
    other: { before: alerts('A'), after: alerts('A', 'B') },
  },
  {
    what: 'a replaced alert',
    rule: 'alert-removed',
    before: alerts('A'),
    after: alerts('B'),
    other: { before: alerts('A'), after: alerts('A', 'B') },
  },
  {
    what: 'a recording rule instead of an alert',
    rule: 'alert-removed',
    before: alerts('A'),
    after: object('PrometheusRule', 'r', {
      spec: { groups: [{ name: 'g', rules: [{ record: 'a', expr: 'up == 0' }] }] },
    }),
    other: { before: alerts('A'), after: alerts('A', 'B') },
  },
  {
    what: 'a PrometheusRule that is removed',
    rule: 'alert-removed',
    before: alerts('A'),
    other: { after: alerts('A') },
  },
  {
    what: 'a ServiceMonitor that is removed',
    rule: 'scrape-removed',
    before: monitor,
    other: { after: monitor },
  },
  {
    what: 'a Service with a public address',
    rule: 'public-service',
    before: service('ClusterIP'),
    after: service('LoadBalancer'),
    other: { before: service('LoadBalancer'), after: service('ClusterIP') },
  },
  {
    what: 'a PersistentVolumeClaim that is removed',
    rule: 'volume-claim-destroyed',
    before: claim('1Gi'),
    other: { before: claim('1Gi'), after: claim('2Gi') },
  },
  {
    what: 'a Namespace that allows privileged pods',
    rule: 'pod-security-lowered',
    before: namespace('restricted'),
    after: namespace('privileged'),
    other: { before: namespace('privileged'), after: namespace('restricted') },
  },
];

const config = object('ConfigMap', 'always', { data: { a: 'b' } });
const present = (value: Draft) => (value === undefined ? [] : [value]);

/** Each function puts the Kubernetes object into a plan in a different form. */
const ways: Readonly<Record<string, (before: Draft, after: Draft) => Plan>> = {
  'extraObjects in a release': (before, after) =>
    ofValues(...pair(before, after, (value) => ({ extraObjects: [config, ...present(value)] }))),
  'extraObjects with a single object': (before, after) =>
    ofValues(...pair(before, after, (value) => ({ extraObjects: present(value) }))),
  'extraObjects in a subchart': (before, after) =>
    ofValues(...pair(before, after, (value) => ({ grafana: { extraObjects: [config, ...present(value)] } }))),
  'an extraManifests map': (before, after) =>
    ofValues(...pair(before, after, (value) => ({ extraManifests: { config, ...(value && { value }) } }))),
  'extraManifests as YAML texts': (before, after) =>
    ofValues(
      ...pair(before, after, (value) => ({
        extraManifests: [config, ...present(value)].map((one) => stringify(one)),
      })),
    ),
  'a text with several YAML documents': (before, after) =>
    ofValues(
      ...pair(before, after, (value) => ({
        manifests: [config, ...present(value)].map((one) => stringify(one)).join('---\n'),
      })),
    ),
  'a kubernetes_manifest': (before, after) => {
    const manifest = (value: Draft) => value && { manifest: JSON.parse(JSON.stringify(value)) };
    const action = before === undefined ? 'create' : after === undefined ? 'delete' : 'update';
    return planWith('s', [
      draftChange('kubernetes_manifest', 'm', action, manifest(before) ?? null, manifest(after) ?? null),
    ]);
  },
};

const pair = (before: Draft, after: Draft, values: (object: Draft) => Draft): [Draft, Draft] => [
  values(before),
  values(after),
];

function ofValues(before: Draft, after: Draft): Plan {
  const release = (values: Draft) => ({ name: 'shop', namespace: 'n', values: [JSON.stringify(values)] });
  return planWith('s', [draftChange('helm_release', 'shop', 'update', release(before), release(after))]);
}

describe.each(Object.keys(ways))('the plan review of %s', (way) => {
  const planOf = ways[way];
  if (!planOf) throw new Error(`no way ${way}`);

  it.each(cases)('reports the change $what', ({ rule, before, after, other }) => {
    expect(foundRules(planOf(before, after))).toHaveProperty(rule);
    expect(foundRules(planOf(other.before, other.after))).not.toHaveProperty(rule);
  });
});

it('a finding about an alert expression contains the alert name, also in a group with one rule', () => {
  const rule = (expr: string) =>
    object('PrometheusRule', 'r', {
      spec: { groups: [{ name: 'g', rules: [{ alert: 'DiskFull', expr }] }] },
    });
  const plan = ofValues({ extraObjects: [rule('up == 0')] }, { extraObjects: [rule('up == 1')] });
  const [change] = reviewPlans([plan]).stacks[0]?.changes ?? [];
  const finding = change?.findings.find(({ id }) => id === 'alert-expression-changed');
  expect(finding?.places.map(({ evidence }) => evidence)).toEqual(['DiskFull']);
  expect(change?.findings.map(({ id }) => id)).not.toContain('changed');
});

it('the review reports a removed alert if fewer rule groups contain the alert after the change', () => {
  const groups = (...names: readonly string[]) =>
    object('PrometheusRule', 'r', {
      spec: {
        groups: ['a', 'b', 'c'].map((name) => ({
          name,
          rules: names.includes(name) ? [{ alert: 'DiskFull', expr: 'up == 0' }] : [],
        })),
      },
    });
  const found = (before: Draft, after: Draft) =>
    foundRules(ofValues({ extraObjects: [config, before] }, { extraObjects: [config, after] }));
  expect(found(groups('a', 'b'), groups('c'))).toHaveProperty('alert-removed');
  expect(found(groups('a'), groups('c'))).not.toHaveProperty('alert-removed');
});

it('a finding in a release object contains the path of the field', () => {
  const plan = ofValues(
    { extraObjects: [config, policy({})] },
    { extraObjects: [config, policy({ ingress: [{}] })] },
  );
  const [change] = reviewPlans([plan]).stacks[0]?.changes ?? [];
  const finding = change?.findings.find(({ id }) => id === 'network-policy-opened');
  expect(finding?.places[0]?.path).toEqual([
    'values',
    'extraObjects',
    'NetworkPolicy n/p',
    'spec',
    'ingress',
  ]);
});

it('a new Kubernetes object in chart values gets the tier `review`', () => {
  const plan = ofValues({ extraObjects: [] }, { extraObjects: [config] });
  expect(foundRules(plan)).toEqual({ changed: 'review' });
});

describe('a Secret in chart values', () => {
  const text = (data: string) =>
    `kind: Secret\nmetadata:\n  name: {{ .Release.Name }}\nstringData:\n  a: ${data}\n`;

  it('is hidden in the report, even if its text is a Helm template', () => {
    const plan = ofValues({ extraObjects: [text('hunter2-1')] }, { extraObjects: [text('hunter2-2')] });
    const report = markdownReport(reviewPlans([plan]), { failOn: undefined, accept: [] });
    expect(report).not.toContain('hunter2');
    expect(report).toContain('(sensitive value)');
  });

  it('is refused if the Secret is a YAML text', () => {
    const secret = stringify(object('Secret', 's', { data: { a: 'aHVudGVyMg==' } }));
    expect(() => reviewPlans([ofValues({}, { extraObjects: [secret] })])).toThrow('the data of a Secret');
  });
});
