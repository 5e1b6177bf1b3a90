import { describe, expect, it } from 'vitest';
import { differences } from '../../../review/change/difference.ts';
import type { Tree } from '../../../review/change/tree.ts';
import { namedPart } from '../../../review/drift/named-part.ts';
import { treeLines } from '../../../review/report/tree-lines.ts';

const drift = (manifest: Tree, live: Tree) => treeLines(differences(manifest, namedPart(manifest, live)));

const cases: readonly {
  readonly rule: string;
  readonly manifest: Tree;
  readonly same: Tree;
  readonly drifted: Tree;
  readonly lines: readonly string[];
}[] = [
  {
    rule: 'leaves out fields that the manifest does not name',
    manifest: { spec: { replicas: 1 } },
    same: { spec: { replicas: 1, progressDeadlineSeconds: 600 }, status: { readyReplicas: 1 } },
    drifted: { spec: { replicas: 3, progressDeadlineSeconds: 600 } },
    lines: ['  spec:', '-   replicas: 1', '+   replicas: 3'],
  },
  {
    rule: 'treats an empty value of the manifest as the default of the server',
    manifest: {
      spec: { clusterIP: '', hostNetwork: false, weight: 0, labels: {}, extra: null, type: 'ClusterIP' },
    },
    same: { spec: { clusterIP: '10.96.0.7', type: 'ClusterIP' } },
    drifted: { spec: { clusterIP: '10.96.0.7', hostNetwork: true, type: 'ClusterIP' } },
    lines: ['  spec:', '-   hostNetwork: false', '+   hostNetwork: true'],
  },
  {
    rule: 'compares quantities by their value',
    manifest: { resources: { requests: { cpu: '1000m', memory: '1Gi' } } },
    same: { resources: { requests: { cpu: '1', memory: '1024Mi' } } },
    drifted: { resources: { requests: { cpu: '1', memory: '1000Mi' } } },
    lines: ['  resources:', '    requests:', '-     memory: 1Gi', '+     memory: 1000Mi'],
  },
  {
    rule: 'compares other texts exactly, also if they look like quantities',
    manifest: { env: [{ name: 'LIMIT', value: '1000m' }] },
    same: { env: [{ name: 'LIMIT', value: '1000m' }] },
    drifted: { env: [{ name: 'LIMIT', value: '1' }] },
    lines: ['  env:', '-   value: 1000m', '+   value: 1'],
  },
  {
    rule: 'accepts a number as text for a port or a percentage',
    manifest: { targetPort: '8080' },
    same: { targetPort: 8080 },
    drifted: { targetPort: 8081 },
    lines: ['- targetPort: 8080', '+ targetPort: 8081'],
  },
  {
    rule: 'pairs containers by name, and names an added container',
    manifest: {
      containers: [
        { name: 'a', image: 'a:1' },
        { name: 'b', image: 'b:1' },
      ],
    },
    same: {
      containers: [
        { name: 'b', image: 'b:1', terminationMessagePath: '/dev/termination-log' },
        { name: 'a', image: 'a:1', imagePullPolicy: 'IfNotPresent' },
      ],
    },
    drifted: {
      containers: [
        { name: 'a', image: 'a:2' },
        { name: 'b', image: 'b:1' },
        { name: 'debug', image: 'busybox' },
      ],
    },
    lines: [
      '  containers:',
      '    a:',
      '-     image: a:1',
      '+     image: a:2',
      '+   debug:',
      '+     name: debug',
      '+     image: busybox',
    ],
  },
  {
    rule: 'pairs ports by number and protocol',
    manifest: { ports: [{ port: 80 }, { port: 90, protocol: 'UDP' }] },
    same: {
      ports: [
        { port: 80, protocol: 'TCP', targetPort: 80 },
        { port: 90, protocol: 'UDP', targetPort: 90 },
      ],
    },
    drifted: { ports: [{ port: 80, protocol: 'TCP' }] },
    lines: ['  ports:', '-   0:', '-     port: 90', '-     protocol: UDP'],
  },
  {
    rule: 'compares the rules of a network policy in their order, and finds an added rule',
    manifest: { ingress: [{ ports: [{ port: 9090 }] }] },
    same: { ingress: [{ ports: [{ port: 9090, protocol: 'TCP' }] }] },
    drifted: { ingress: [{ ports: [{ port: 9090, protocol: 'TCP' }] }, {}] },
    lines: [
      '- ingress:',
      '-   - ports:',
      '-       - port: 9090',
      '+ ingress:',
      '+   - ports:',
      '+       - port: 9090',
      '+   - {}',
    ],
  },
  {
    rule: 'pairs the alerts of a group by name',
    manifest: {
      groups: [
        {
          name: 'g',
          rules: [
            { alert: 'A', expr: '1' },
            { alert: 'B', expr: '2' },
          ],
        },
      ],
    },
    same: {
      groups: [
        {
          name: 'g',
          rules: [
            { alert: 'A', expr: '1' },
            { alert: 'B', expr: '2' },
          ],
        },
      ],
    },
    drifted: { groups: [{ name: 'g', rules: [{ alert: 'B', expr: '3' }] }] },
    lines: [
      '  groups:',
      '    rules:',
      '      B:',
      '-       expr: 2',
      '+       expr: 3',
      '-     A:',
      '-       alert: A',
      '-       expr: 1',
    ],
  },
  {
    rule: 'finds another key in the data of a ConfigMap and in a selector, but not in labels',
    manifest: { metadata: { labels: { a: '1' } }, data: { one: 'x' }, selector: { app: 'a' } },
    same: { metadata: { labels: { a: '1', team: 'b' } }, data: { one: 'x' }, selector: { app: 'a' } },
    drifted: {
      metadata: { labels: { a: '1' } },
      data: { one: 'x', two: 'y' },
      selector: { app: 'a', more: 'b' },
    },
    lines: ['  data:', '+   two: y', '  selector:', '+   more: b'],
  },
  {
    rule: 'compares the JSON of a dashboard as a tree',
    manifest: { data: { 'd.json': '{"title":"D","panels":[{"title":"P","span":1}]}' } },
    same: { data: { 'd.json': '{"title":"D","panels":[{"title":"P","span":1}]}' } },
    drifted: { data: { 'd.json': '{"title":"D","panels":[{"title":"P","span":2}]}' } },
    lines: ['  data:', '    d.json:', '      panels:', '-       span: 1', '+       span: 2'],
  },
  {
    rule: 'finds a value that the cluster does not have',
    manifest: { spec: { paused: true, tolerations: [{ key: 'a' }] } },
    same: { spec: { paused: true, tolerations: [{ key: 'a', operator: 'Equal' }] } },
    drifted: { spec: { paused: true } },
    lines: ['  spec:', '-   tolerations:', '-     - key: a'],
  },
];

describe('the comparison of a manifest with a live object', () => {
  it.each(cases.map((one) => [one.rule, one] as const))('%s', (_rule, { manifest, same, drifted, lines }) => {
    expect(drift(manifest, same)).toEqual([]);
    expect(drift(manifest, drifted)).toEqual(lines);
  });
});
