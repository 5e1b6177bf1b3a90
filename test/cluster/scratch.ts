import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { credentialSecrets, tlsSecrets } from '../../config/cluster-names.ts';
import { BatchPusher } from '../../modules/kubernetes/functions/batch-pusher.ts';
import { Exporter } from '../../modules/kubernetes/functions/exporter.ts';
import { ManagedNamespace } from '../../modules/kubernetes/namespace.ts';
import { readSettings } from '../../settings/read-settings.ts';
import { exporters, type FunctionSource, jobs } from '../../sources/index.ts';
import { kubernetesObjects, type Manifest } from '../modules/kubernetes/manifest.ts';
import { synthesize } from '../modules/kubernetes/synthesis.ts';
import { apply, kubectl } from './kubectl.ts';

const image = (fallback: string) => ({
  schema: z.string().regex(/^\S+$/).default(fallback),
  expected: 'an image reference',
  remedy: `Set it to one, or unset it for ${fallback}`,
});
const given = readSettings(
  {
    USDT_EXPORTER_IMAGE: image('localhost/monitoring/usdt-exporter:1.0.0'),
    BATCH_PUSHER_IMAGE: image('localhost/monitoring/batch-pusher:1.0.0'),
  },
  process.env,
);
export const images = { usdtExporter: given.USDT_EXPORTER_IMAGE, batchPusher: given.BATCH_PUSHER_IMAGE };

export interface Scratch {
  readonly namespace: string;
  /** Namespace whose pods may call the batch-pusher. */
  readonly callers: string;
  readonly objects: readonly Manifest[];
  remove(): Promise<void>;
}

const usdtExporter = exporters.find(({ name }) => name === 'usdtExporter') as FunctionSource;

export async function scratch(): Promise<Scratch> {
  const namespace = `objects-test-${randomBytes(3).toString('hex')}`;
  const callers = `${namespace}-callers`;
  const objects = kubernetesObjects(
    synthesize((stack, connection) => {
      new ManagedNamespace(stack, 'namespace', { connection, name: namespace });
      new ManagedNamespace(stack, 'callers', { connection, name: callers });
      new Exporter(stack, jobs.usdtExporter, {
        connection,
        source: { ...usdtExporter, namespace },
        image: images.usdtExporter,
        upstreamUrl: 'http://upstream.invalid',
      });
      new BatchPusher(stack, jobs.batchPusher, {
        connection,
        namespace,
        image: images.batchPusher,
        // The schedule starts a run only at midnight UTC.
        every: '24h',
        callers: [{ namespace: callers }],
      });
    }),
  );
  const isNamespace = ({ kind }: Manifest) => kind === 'Namespace';
  const remove = async () => {
    await kubectl(['delete', 'namespace', namespace, callers, '--wait=false']);
  };
  await apply(objects.filter(isNamespace));
  try {
    // In a real environment, cert-manager creates the certificates, and Terraform creates the token.
    await apply([...certificates(namespace), token(namespace)]);
    await apply(objects.filter((object) => !isNamespace(object)));
  } catch (error) {
    await remove();
    throw error;
  }
  return { namespace, callers, objects, remove };
}

function certificates(namespace: string): object[] {
  return [
    tlsSecret(namespace, tlsSecrets.usdtExporter, jobs.usdtExporter),
    tlsSecret(namespace, tlsSecrets.batchPusher, jobs.batchPusher),
  ];
}

function token(namespace: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: credentialSecrets.batchPusherToken, namespace },
    stringData: { token: randomBytes(24).toString('hex') },
  };
}

function tlsSecret(namespace: string, name: string, service: string): object {
  const folder = mkdtempSync(join(tmpdir(), 'tls-'));
  try {
    const [key, cert] = [join(folder, 'key'), join(folder, 'cert')];
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
    const san = `subjectAltName=DNS:localhost,DNS:${service}`;
    const subject = ['-subj', `/CN=${service}`, '-addext', san, '-keyout', key, '-out', cert];
    execFileSync('openssl', ['req', '-x509', ...curve, ...subject], { stdio: 'ignore' });
    const pem = readFileSync(cert, 'utf8');
    return {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/tls',
      metadata: { name, namespace },
      stringData: { 'tls.crt': pem, 'tls.key': readFileSync(key, 'utf8'), 'ca.crt': pem },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
