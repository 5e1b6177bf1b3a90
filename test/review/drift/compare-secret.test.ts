import { describe, expect, it } from 'vitest';
import type { Branch } from '../../../review/change/tree.ts';
import { compareSecret } from '../../../review/drift/compare-secret.ts';
import { treeLines } from '../../../review/report/tree-lines.ts';

const time = '2026-11-26T13:00:00Z';
const fields = (...keys: readonly string[]) => ({
  'f:data': Object.fromEntries(keys.map((key) => [`f:${key}`, {}])),
});
const secret = (data: Branch, managedFields: readonly Branch[]): Branch => ({
  kind: 'Secret',
  metadata: { name: 'grafana-admin', managedFields },
  data,
});
const terraform = { manager: 'HashiCorp', time, fieldsV1: fields('user', 'password') };
const declared = { keys: ['user', 'password'] };
const data = { user: 'dQ==', password: 'cA==' };

describe('the drift check of a write-only Secret', () => {
  it('finds no drift if Terraform was the last writer of the values', () => {
    expect(compareSecret(declared, secret(data, [terraform]))).toEqual({ differences: [], writers: [] });
  });

  it('reports a changed value without printing it', () => {
    const byHand = { manager: 'kubectl-patch', time, fieldsV1: fields('password') };
    const { differences, writers } = compareSecret(
      declared,
      secret(data, [{ ...terraform, fieldsV1: fields('user') }, byHand]),
    );
    expect(treeLines(differences)).toEqual([
      '  data:',
      '-   password: (sensitive value)',
      '+   password: (sensitive value)',
    ]);
    expect(writers).toEqual([{ manager: 'kubectl-patch', time }]);
  });

  it('finds a missing key and an added key', () => {
    const { password: _, ...rest } = data;
    const { differences } = compareSecret(declared, secret({ ...rest, more: 'bQ==' }, [terraform]));
    expect(treeLines(differences)).toEqual(
      ['  data:', '-   password: (sensitive value)', '+   more: bQ=='].map((line) =>
        line.replace('bQ==', '(sensitive value)'),
      ),
    );
  });

  it('ignores a change of the labels of the Secret', () => {
    const labels = {
      manager: 'kubectl-label',
      time,
      fieldsV1: { 'f:metadata': { 'f:labels': { 'f:a': {} } } },
    };
    expect(compareSecret(declared, secret(data, [terraform, labels])).differences).toEqual([]);
  });
});
