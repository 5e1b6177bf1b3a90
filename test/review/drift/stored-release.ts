import { gzipSync } from 'node:zlib';
import type { Branch } from '../../../review/change/tree.ts';

/** A Secret of Helm. Helm and Kubernetes each encode the content in Base64. */
export function storedRelease(content: unknown, { compressed = true } = {}): Branch {
  const json = Buffer.from(JSON.stringify(content));
  const encoded = (compressed ? gzipSync(json) : json).toString('base64');
  return {
    kind: 'Secret',
    apiVersion: 'v1',
    metadata: { namespace: 'nats', name: 'sh.helm.release.v1.nats.v2' },
    data: { release: Buffer.from(encoded).toString('base64') },
  };
}
