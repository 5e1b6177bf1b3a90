import { describe, expect, it } from 'vitest';
import type { Branch } from '../../../review/change/tree.ts';
import { compareObject } from '../../../review/drift/compare-object.ts';
import { knownWriters } from '../../../review/drift/known-writers.ts';
import { treeLines } from '../../../review/report/tree-lines.ts';

const deployment: Branch = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'grafana', namespace: 'airflow-3' },
  spec: {
    replicas: 1,
    template: {
      spec: {
        containers: [
          { name: 'grafana', image: 'g:1' },
          { name: 'sidecar', image: 's:1' },
        ],
      },
    },
  },
};

const time = '2026-11-26T13:00:00Z';
const managed = (manager: string, fieldsV1: Branch, more: Branch = {}) => ({
  manager,
  time,
  fieldsV1,
  ...more,
});

function live(change: Branch, managedFields: readonly Branch[]): Branch {
  const merged = { ...deployment, ...change };
  return { ...merged, metadata: { ...(merged.metadata as Branch), managedFields } };
}

const found = (object: Branch, manifest = deployment) => {
  const { differences, writers, known } = compareObject(manifest, object);
  return {
    lines: treeLines(differences),
    writers,
    known: known.map(({ path }) => path.join('.')),
  };
};
const nothing = { lines: [], writers: [], known: [] };

describe('the drift check of an object', () => {
  const scaled = { spec: { ...(deployment.spec as Branch), replicas: 3 } };
  const byHand = managed('kubectl', { 'f:spec': { 'f:replicas': {} } }, { subresource: 'scale' });

  it('names the program that changed a value of the manifest', () => {
    expect(found(live(scaled, [byHand]))).toEqual({
      ...nothing,
      lines: ['  spec:', '-   replicas: 1', '+   replicas: 3'],
      writers: [{ manager: 'kubectl', time }],
    });
  });

  it('does not report replicas that an autoscaler wrote', () => {
    const byAutoscaler = { ...byHand, manager: 'kube-controller-manager' };
    expect(found(live(scaled, [byAutoscaler]))).toEqual({ ...nothing, known: ['spec.replicas'] });
    expect(found(live(scaled, [byAutoscaler, byHand])).lines).toHaveLength(3);
  });

  it('reports a changed value even if its field manager is unknown', () => {
    expect(found(live(scaled, [])).lines).toHaveLength(3);
  });

  it('finds a value that another program added', () => {
    const added = {
      spec: { ...(deployment.spec as Branch), minReadySeconds: 30 },
    };
    const fields = { 'f:spec': { 'f:minReadySeconds': {} } };
    expect(found(live(added, [managed('kubectl-edit', fields)]))).toEqual({
      ...nothing,
      lines: ['  spec:', '+   minReadySeconds: 30'],
      writers: [{ manager: 'kubectl-edit', time }],
    });
    expect(found(live(added, [managed('terraform-provider-helm_v3.1.2_x5', fields)]))).toEqual(nothing);
    expect(found(live(added, [managed('kubelet', fields)]))).toEqual({
      ...nothing,
      known: ['spec.minReadySeconds'],
    });
  });

  it('names the writer of a container only if the container differs from the manifest', () => {
    const containers = [
      { name: 'grafana', image: 'g:2' },
      { name: 'sidecar', image: 's:1' },
    ];
    const image = (name: string, part = 'f:image') => ({
      'f:spec': {
        'f:template': { 'f:spec': { 'f:containers': { [`k:{"name":"${name}"}`]: { [part]: {} } } } },
      },
    });
    const changed = { spec: { replicas: 1, template: { spec: { containers } } } };
    const writers = (name: string, part?: string) =>
      found(live(changed, [managed('kubectl-set', image(name, part))])).writers;
    expect(writers('grafana')).toEqual([{ manager: 'kubectl-set', time }]);
    expect(writers('sidecar')).toEqual([]);
    expect(writers('sidecar', '.')).toEqual([]);
  });

  it('ignores changes of the status', () => {
    const status = managed('kubectl-edit', { 'f:status': { 'f:replicas': {} } }, { subresource: 'status' });
    expect(found(live({ status: { replicas: 1 } }, [status]))).toEqual(nothing);
  });

  it.each([
    ['kubectl-rollout', 'kubectl.kubernetes.io/restartedAt', true],
    ['kubectl-client-side-apply', 'kubectl.kubernetes.io/last-applied-configuration', false],
  ])('does not report an annotation that %s has added', (manager, key, inTemplate) => {
    const fields = { 'f:annotations': { [`f:${key}`]: {} } };
    const annotations = { [key]: 'x' };
    const object = inTemplate
      ? live(
          {
            spec: {
              ...(deployment.spec as Branch),
              template: { ...((deployment.spec as Branch).template as Branch), metadata: { annotations } },
            },
          },
          [managed(manager, { 'f:spec': { 'f:template': { 'f:metadata': fields } } })],
        )
      : live({ metadata: { ...(deployment.metadata as Branch), annotations } }, [
          managed(manager, { 'f:metadata': fields }),
        ]);
    expect(found(object).lines).toEqual([]);
    expect(found(object).known).toHaveLength(1);
  });

  it('reports an annotation that no known program writes', () => {
    const object = live({ metadata: { ...(deployment.metadata as Branch), annotations: { team: 'x' } } }, [
      managed('kubectl-annotate', { 'f:metadata': { 'f:annotations': { '.': {}, 'f:team': {} } } }),
    ]);
    expect(found(object).lines).toEqual(['  metadata:', '    annotations:', '+     team: x']);
  });

  it('does not report a CA certificate that cert-manager writes', () => {
    const webhook = { name: 'w', clientConfig: { service: { name: 's' } }, failurePolicy: 'Fail' };
    const manifest: Branch = { kind: 'ValidatingWebhookConfiguration', webhooks: [webhook] };
    const withCa = { ...webhook, clientConfig: { ...webhook.clientConfig, caBundle: 'Q0E=' } };
    const fields = (inner: Branch) => ({ 'f:webhooks': { 'k:{"name":"w"}': inner } });
    const writes = (inner: Branch, change: Branch) => ({
      ...manifest,
      webhooks: [change],
      metadata: { managedFields: [managed('cert-manager-cainjector', fields(inner))] },
    });
    const injected = writes({ 'f:clientConfig': { 'f:caBundle': {} } }, withCa);
    expect(found(injected, manifest)).toMatchObject({
      lines: [],
      known: ['webhooks.w.clientConfig.caBundle'],
    });
    const opened = writes({ 'f:failurePolicy': {} }, { ...withCa, failurePolicy: 'Ignore' });
    expect(found(opened, manifest).lines).toContain('+   failurePolicy: Ignore');
  });

  it('never shows the data of a Secret', () => {
    const secret: Branch = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's' },
      stringData: { a: 'hunter2-one' },
    };
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    const stored = (text: string) => ({ ...secret, stringData: null, data: { a: base64(text) } });
    expect(found(stored('hunter2-one'), secret).lines).toEqual([]);
    const rotated = compareObject(secret, stored('hunter2-two'));
    expect(treeLines(rotated.differences)).toEqual([
      '  data:',
      '-   a: (sensitive value)',
      '+   a: (sensitive value)',
    ]);
    const env = (value: string) => ({
      kind: 'X',
      env: [
        { name: 'ADMIN_PASSWORD', value },
        { name: 'MODE', value: 'a' },
      ],
    });
    const variable = compareObject(env('hunter2-one'), env('hunter2-two'));
    expect(variable.differences).toHaveLength(1);
    const single = (value: string) => ({ kind: 'X', env: [{ name: 'ADMIN_PASSWORD', value }] });
    const only = compareObject(single('hunter2-one'), single('hunter2-two'));
    expect(only.differences).toHaveLength(1);
    expect(compareObject(single('hunter2-one'), single('hunter2-one')).differences).toEqual([]);
    const command = (value: string) => ({ kind: 'X', args: ['--client-secret', value] });
    const argument = compareObject(command('hunter2-one'), command('hunter2-two'));
    expect(argument.differences).toHaveLength(1);
    for (const text of [
      JSON.stringify(only),
      JSON.stringify(rotated),
      JSON.stringify(variable),
      JSON.stringify(argument),
      ...treeLines(variable.differences),
    ]) {
      expect(text).not.toContain('hunter2');
      expect(text).not.toContain(base64('hunter2-two'));
    }
  });
});

it('each entry of `knownWriters` has a reason of more than 20 characters', () => {
  for (const { reason } of knownWriters) expect(reason.length).toBeGreaterThan(20);
});
