import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { declaredIn } from '../../../review/drift/declared.ts';
import { temporaryFolder } from '../temporary-folder.ts';

function declared(content: unknown) {
  const file = join(temporaryFolder(), 'cdk.tf.json');
  writeFileSync(file, JSON.stringify(content));
  return declaredIn('local-nats', file);
}

describe('the declarations of a stack', () => {
  it('contain the releases, the Secrets and the paths in `ignore_changes`', () => {
    const metadata = { name: 'token', namespace: 'nats' };
    const found = declared({
      resource: {
        helm_release: {
          a: { name: 'nats', namespace: 'nats', provider: 'helm' },
          b: { name: 'nats', namespace: 'edge', provider: 'helm.context-other' },
        },
        kubernetes_secret_v1: {
          c: { metadata, provider: 'kubernetes', data_wo: { token: 'x' }, data_wo_revision: 1 },
        },
        azurerm_kubernetes_cluster: { d: { lifecycle: { ignore_changes: ['pool[0].node_count'] } }, e: {} },
      },
    });
    expect(found.releases).toEqual([
      { stack: 'local-nats', name: 'nats', namespace: 'nats' },
      { stack: 'local-nats', name: 'nats', namespace: 'edge', alias: 'context-other' },
    ]);
    expect(found.secrets).toEqual([
      { stack: 'local-nats', ...metadata, address: 'kubernetes_secret_v1.c', keys: ['token'] },
    ]);
    expect([...found.accepted]).toEqual([['azurerm_kubernetes_cluster.d', ['pool[0].node_count']]]);
  });

  it('contain no release and no Secret if the stack has no resources', () => {
    expect(declared({ resource: {} })).toMatchObject({ releases: [], secrets: [] });
    expect(() => declared({ resource: { helm_release: { a: { name: 1 } } } })).toThrow(
      /resource\.helm_release\.a\.name has the wrong type/,
    );
  });
});
