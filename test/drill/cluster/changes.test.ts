import { describe, expect, it } from 'vitest';
import { shortCertificate } from '../../../drill/cluster/certificate-change.ts';
import { originalAnnotation } from '../../../drill/cluster/change.ts';
import { cutOff } from '../../../drill/cluster/cut-off.ts';
import { fieldChange } from '../../../drill/cluster/field-change.ts';
import { brokenCopy } from '../../../drill/cluster/secret-change.ts';
import { filledVolume } from '../../../drill/cluster/volume-change.ts';
import { Kubectl } from '../../../verify/kubectl.ts';
import { kubectlMock } from '../../verify/kubectl-mock.ts';

const { does, calls } = kubectlMock();
const kubectl = new Kubectl({ context: 'kind-test' });

const patches = () =>
  calls()
    .split('\n')
    .filter((line) => line.includes(' patch '))
    .map((line) => JSON.parse(line.replace(/^.* --patch /, '')));

const object = (spec: object, annotations?: object) =>
  `case "$3" in get) echo '${JSON.stringify({ metadata: { annotations }, spec })}';; esac`;

const scaled = fieldChange({
  kind: 'deployment',
  namespace: 'nats',
  name: 'usdt-exporter',
  field: 'replicas',
  value: 0,
  effect: 'scales',
});

describe('a field that a drill changes', () => {
  it('has its original value in an annotation after a change', async () => {
    does(object({ replicas: 2 }));
    await scaled.make(kubectl);
    expect(calls()).toContain(
      '--context kind-test patch deployment usdt-exporter --namespace nats --type merge --patch',
    );
    expect(patches()).toEqual([
      { metadata: { annotations: { [originalAnnotation]: '2' } }, spec: { replicas: 0 } },
    ]);
  });

  it('keeps its original value in an annotation after two changes', async () => {
    does(object({ replicas: 0 }, { [originalAnnotation]: '2' }));
    await scaled.make(kubectl);
    expect(patches()[0].metadata.annotations).toEqual({ [originalAnnotation]: '2' });
  });

  it('has its original value again after the undo', async () => {
    does(object({ replicas: 0 }, { [originalAnnotation]: '2' }));
    await scaled.undo(kubectl);
    expect(patches()).toEqual([
      { metadata: { annotations: { [originalAnnotation]: null } }, spec: { replicas: 2 } },
    ]);
  });

  it('is removed by the undo if the drill added it', async () => {
    const suspended = fieldChange({
      kind: 'cronjob',
      namespace: 'airflow-3',
      name: 'batch',
      field: 'suspend',
      value: true,
      effect: 'suspends',
    });
    does(object({}));
    await suspended.make(kubectl);
    expect(patches()[0]).toEqual({
      metadata: { annotations: { [originalAnnotation]: 'null' } },
      spec: { suspend: true },
    });
    does(object({ suspend: true }, { [originalAnnotation]: 'null' }));
    await suspended.undo(kubectl);
    expect(patches()[1].spec).toEqual({ suspend: null });
  });

  it('keeps its value after an unnecessary undo', async () => {
    does(object({ replicas: 2 }));
    await scaled.undo(kubectl);
    expect(patches()).toEqual([]);
  });

  it('causes an error if its Kubernetes object does not exist', async () => {
    does('true');
    await expect(scaled.make(kubectl)).rejects.toThrow('The cluster has no deployment nats/usdt-exporter');
  });
});

describe('a Deployment whose clients are blocked by a drill', () => {
  const change = cutOff({ namespace: 'nats', name: 'usdt-exporter' });

  it('gets new pods, which have no open connections', async () => {
    does(object({ ingress: [{ from: [] }] }));
    await change.make(kubectl);
    expect(patches()[0].spec).toEqual({ ingress: [] });
    expect(calls()).toMatch(
      / patch networkpolicy allow-usdt-exporter .*\n.* delete pods --selector app.kubernetes.io\/name=usdt-exporter --namespace nats /,
    );
  });

  it('keeps its pods when the drill blocks the clients a second time', async () => {
    does(object({ ingress: [] }, { [originalAnnotation]: '[{"from":[]}]' }));
    await change.make(kubectl);
    expect(patches()[0].spec).toEqual({ ingress: [] });
    expect(calls()).not.toContain(' delete ');
  });

  it('keeps its pods when the fault ends', async () => {
    does(object({ ingress: [] }, { [originalAnnotation]: '[{"from":[]}]' }));
    await change.undo(kubectl);
    expect(patches()[0].spec).toEqual({ ingress: [{ from: [] }] });
    expect(calls()).not.toContain(' delete ');
  });
});

describe('a Secret that a drill breaks', () => {
  const change = brokenCopy({ namespace: 'edge', name: 'remote-write-tls', key: 'tls.crt', edge: 'branch' });
  const original = { type: 'kubernetes.io/tls', data: { 'tls.crt': 'Y2VydA==', 'tls.key': 'a2V5' } };
  const get = (name: string, found: object | undefined) =>
    `[ "$3 $5" = "get ${name}" ] && { ${found ? `echo '${JSON.stringify(found)}'` : 'true'}; exit 0; }`;

  it('is first copied to a second Secret', async () => {
    does(
      `${get('remote-write-tls', original)}\n${get('remote-write-tls-drill-original', undefined)}\n[ "$3" = create ] && cat >> "$CALLS"; true`,
    );
    await change.make(kubectl);
    const text = calls();
    expect(text.indexOf(' create ')).toBeLessThan(text.indexOf(' patch '));
    expect(text).toContain('"name":"remote-write-tls-drill-original"');
    expect(text).toContain('"tls.key":"a2V5"');
    expect(Object.keys(patches()[0].data)).toEqual(['tls.crt']);
    expect(patches()[0].data['tls.crt']).not.toBe('Y2VydA==');
  });

  it('is not copied if an earlier drill has left a copy of the Secret', async () => {
    does(`${get('remote-write-tls-drill-original', original)}\ntrue`);
    await change.make(kubectl);
    expect(calls()).not.toContain(' create ');
  });

  it('is restored from the copy in the second Secret', async () => {
    does(`${get('remote-write-tls-drill-original', original)}\ntrue`);
    await change.undo(kubectl);
    expect(patches()).toEqual([{ data: { 'tls.crt': 'Y2VydA==' } }]);
    // The private key is not an argument, because every user of the machine can read the arguments.
    expect(calls()).not.toContain(original.data['tls.key']);
    expect(calls()).toMatch(/delete secret remote-write-tls-drill-original --namespace edge/);
  });

  it('is not changed by the undo if no copy of the Secret exists', async () => {
    does('true');
    await change.undo(kubectl);
    expect(calls()).not.toMatch(/ (patch|delete) /);
  });
});

describe('the drill', () => {
  it('can create a certificate that is valid for two days', async () => {
    const change = shortCertificate({ certificates: { install: true } }, 'airflow-3');
    does('[ "$3" = create ] && cat >> "$CALLS"; true');
    await change.make(kubectl);
    expect(calls()).toContain('"duration":"48h"');
    expect(calls()).toContain('"issuerRef":{"name":"platform-ca","kind":"ClusterIssuer"}');
    await change.undo(kubectl);
    const text = calls();
    expect(text).toMatch(/delete certificates.cert-manager.io edge-drill-client-tls --namespace airflow-3/);
    expect(text.indexOf('delete certificates')).toBeLessThan(text.indexOf('delete secret'));
  });

  it('can create a volume and a pod that fills the volume with data', async () => {
    const change = filledVolume({ images: { tag: '1', mirror: 'mirror.example.com' } }, 'nats');
    does('[ "$3" = create ] && cat >> "$CALLS"; true');
    await change.make(kubectl);
    expect(calls()).toContain('"storage":"1024Mi"');
    expect(calls()).toContain('count=1024;');
    expect(calls()).toContain('"image":"mirror.example.com/library/nats:');
    await change.undo(kubectl);
    expect(calls()).toMatch(
      /delete pod drill-volume --namespace nats .*\n.*delete persistentvolumeclaim drill-volume/,
    );
  });

  it('is not created again if it exists', async () => {
    does(`[ "$3" = get ] && echo '{}'; true`);
    await filledVolume({ images: { tag: '1' } }, 'nats').make(kubectl);
    await shortCertificate({ certificates: { install: true } }, 'airflow-3').make(kubectl);
    expect(calls()).not.toContain(' create ');
  });
});
