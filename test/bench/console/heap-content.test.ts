import { describe, expect, it } from 'vitest';
import { contentOf } from '../../../bench/console/heap-content.ts';

function snapshotOf(...nodes: readonly (readonly [type: string, size: number])[]) {
  const types = ['hidden', 'array', 'string', 'object', 'code', 'closure', 'native', 'object shape'];
  const meta = {
    node_fields: ['type', 'name', 'id', 'self_size', 'edge_count', 'detachedness'],
    node_types: [types, 'string', 'number', 'number', 'number', 'number'],
  };
  return {
    snapshot: { meta },
    nodes: nodes.flatMap(([type, size], index) => [types.indexOf(type), 7, index, size, 0, 0]),
  };
}

describe('the content of the heap', () => {
  it('counts the data of the page separately from the code of the page', () => {
    const snapshot = snapshotOf(
      ['object', 100],
      ['array', 20],
      ['string', 3],
      ['closure', 4000],
      ['code', 50_000],
      ['hidden', 600],
      ['object shape', 7],
    );
    expect(contentOf(snapshot)).toEqual({ objects: 4123, code: 50_607 });
  });

  it('does not include native memory', () => {
    expect(contentOf(snapshotOf(['native', 9000], ['object', 1]))).toEqual({ objects: 1, code: 0 });
  });

  it('requires the fields `type` and `self_size` in the heap snapshot', () => {
    const meta = { node_fields: ['kind'], node_types: [['object']] };
    expect(() => contentOf({ snapshot: { meta }, nodes: [0] })).toThrow(
      'The heap snapshot has the fields kind. Expected the fields type and self_size.',
    );
  });
});
