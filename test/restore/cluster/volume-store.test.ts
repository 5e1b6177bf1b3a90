import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { Volumes } from '../../../restore/cluster/volume.ts';
import { volumeStore } from '../../../restore/cluster/volume-store.ts';
import { replicasOf } from '../../../restore/cluster/workload.ts';
import { Kubectl } from '../../../verify/kubectl.ts';
import { kubectlMock } from '../../verify/kubectl-mock.ts';

const { does, calls } = kubectlMock();
const kubectl = new Kubectl({ context: 'kind-test' });
const workload = { kind: 'deployment', namespace: 'monitoring', name: 'pushgateway' } as const;

const claim = {
  metadata: {
    name: 'data',
    uid: '1',
    labels: { 'app.kubernetes.io/managed-by': 'Helm' },
    annotations: { 'pv.kubernetes.io/bind-completed': 'yes', 'meta.helm.sh/release-name': 'pushgateway' },
  },
  spec: { storageClassName: 'fast', volumeName: 'pvc-1', resources: { requests: { storage: '1Gi' } } },
};

/** A fake cluster. Files in a temporary folder contain the state of the cluster. */
function cluster(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'cluster-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const at = (name: string) => join(folder, name);
  mkdirSync(at('volume/lost+found'), { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(at(`volume/${name}`)), { recursive: true });
    writeFileSync(at(`volume/${name}`), content);
  }
  writeFileSync(at('claim'), JSON.stringify(claim));
  writeFileSync(at('replicas'), '1');
  const pod = (ready: boolean) => ({
    metadata: { name: 'pushgateway-0' },
    spec: {
      securityContext: { runAsUser: 65534 },
      volumes: [{ emptyDir: {} }, { persistentVolumeClaim: { claimName: 'data' } }],
    },
    status: { conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
  });
  does(`
shift 2
cd '${folder}'
case "$*" in
  'get deployment '*)
    annotations='{}'
    if [ -e original ]; then annotations="{\\"prometheus-platform/restore-drill-replicas\\": \\"$(cat original)\\"}"; fi
    echo "{\\"metadata\\": {\\"annotations\\": $annotations}, \\"spec\\": {\\"replicas\\": $(cat replicas), \\"selector\\": {\\"matchLabels\\": {\\"app\\": \\"pushgateway\\"}}}}";;
  'get pods '*)
    if [ "$(cat replicas)" = 0 ]; then echo '{"items": []}'; else echo '${JSON.stringify({ items: [pod(true)] })}'; fi;;
  'get persistentvolumeclaim '*) if [ -e claim ]; then cat claim; fi;;
  'get pod '*) if [ -e helper ]; then echo '{"status": {"phase": "Running"}}'; fi;;
  'delete persistentvolumeclaim '*) rm -rf claim volume;;
  'delete pod '*) rm -f helper;;
  'create '*)
    cat > created
    if grep -q PersistentVolumeClaim created && ! grep -q '"kind":"Pod"' created; then cp created claim; mkdir volume; else cp created helper; cp replicas replicas-of-copy; fi;;
  'patch deployment '*)
    case "$*" in
      *'"replicas":0'*) cp replicas original; echo 0 > replicas;;
      *) cp original replicas; rm original;;
    esac;;
  'exec '*)
    for last; do :; done
    loses=cat
    case "$last" in *sha256sum*) ;; *) if [ -e loses-data ]; then loses='head -c 1024'; fi;; esac
    sh -c "$(echo "$last" | sed 's#/volume#${folder}/volume#g')" | $loses;;
esac`);
  return { at, read: (name: string) => readFileSync(at(name), 'utf8') };
}

function backupFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'backup-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const store = () =>
  volumeStore(kubectl, new Volumes(kubectl, 'monitoring', { images: { registry: 'r', tag: '1' } }), {
    name: 'pushed-groups',
    program: 'Pushgateway',
    workload,
  });

describe('backup and restore of a volume', () => {
  let folder: string;

  beforeEach(() => {
    folder = backupFolder();
  });

  it('restores every file of the volume', async () => {
    const { at, read } = cluster({ metrics: 'groups', 'wal/0001': 'samples', '.hidden': 'state' });
    const one = store();
    expect(await one.backup(folder)).toMatchObject({ parts: [{ name: 'files', count: 3, unit: 'files' }] });
    await one.stop();
    await one.erase();
    expect(existsSync(at('volume'))).toBe(false);
    await one.restore(folder);
    expect(read('volume/metrics') + read('volume/wal/0001') + read('volume/.hidden')).toBe(
      'groupssamplesstate',
    );
    expect(readdirSync(at('volume')).sort()).toEqual(['.hidden', 'metrics', 'wal']);
    expect(read('replicas').trim()).toBe('1');
    expect(existsSync(at('helper'))).toBe(false);
  });

  it('copies the volume only while the program is stopped', async () => {
    const { read } = cluster({ metrics: 'groups' });
    await store().backup(folder);
    expect(read('replicas-of-copy').trim()).toBe('0');
    expect(JSON.parse(read('created')).spec.securityContext).toEqual({ runAsUser: 65534 });
  });

  it('creates the claim again, with the labels of the old claim', async () => {
    const { read } = cluster({ metrics: 'groups' });
    const one = store();
    await one.backup(folder);
    await one.erase();
    await one.restore(folder);
    expect(JSON.parse(read('claim'))).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: 'data',
        namespace: 'monitoring',
        labels: claim.metadata.labels,
        annotations: { 'meta.helm.sh/release-name': 'pushgateway' },
      },
      spec: { storageClassName: 'fast', resources: { requests: { storage: '1Gi' } } },
    });
  });

  it('rejects a backup that lacks data of the volume', async () => {
    const { at, read } = cluster({ metrics: 'groups' });
    writeFileSync(at('loses-data'), '');
    await expect(store().backup(folder)).rejects.toThrow(
      /data\.tar differs from the volume in pod monitoring\//,
    );
    expect(read('volume/metrics')).toBe('groups');
  });

  it('copies a file whose name looks like an option of tar', async () => {
    const { at, read } = cluster({ '--remove-files': 'one', metrics: 'groups' });
    const one = store();
    await one.backup(folder);
    expect(readdirSync(at('volume')).sort()).toEqual(['--remove-files', 'lost+found', 'metrics']);
    await one.erase();
    await one.restore(folder);
    expect(read('volume/--remove-files') + read('volume/metrics')).toBe('onegroups');
  });

  it('fails at the restore if a file is missing in the backup', async () => {
    const { read } = cluster({ metrics: 'groups', 'wal/0001': 'samples' });
    const one = store();
    await one.backup(folder);
    await one.erase();
    writeFileSync(join(folder, 'data.tar'), '');
    await expect(one.restore(folder)).rejects.toThrow(
      /The volume of monitoring\/data is not complete: 2 of 2 files are missing or different, such as \.\/(metrics|wal\/0001)/,
    );
    expect(read('replicas').trim()).toBe('0');
  });

  it('restores a volume that was empty during the backup', async () => {
    cluster({});
    const one = store();
    await one.backup(folder);
    await one.erase();
    await one.restore(folder);
    expect(calls()).not.toContain('--stdin');
  });

  it('starts the program with its former number of replicas', async () => {
    const { read } = cluster({ metrics: 'groups' });
    await store().stop();
    expect(await replicasOf(kubectl, workload)).toBe(1);
    await store().start();
    expect(read('replicas').trim()).toBe('1');
    await store().start();
    expect(read('replicas').trim()).toBe('1');
  });
});
