import type { CDPSession } from 'playwright-core';

/** Bytes by kind of data. The sum is lower than the used heap, because a snapshot omits some memory. */
export interface HeapContent {
  readonly objects: number;
  /** Byte code, machine code, call counts and object shapes. The size increases during compilation. */
  readonly code: number;
}

const codeTypes: readonly string[] = ['code', 'hidden', 'object shape'];
/** Memory outside the JavaScript heap, such as elements of the document. */
const outsideTypes: readonly string[] = ['native', 'synthetic'];

/** The parts of a heap snapshot that `contentOf` reads. */
export interface HeapSnapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      readonly node_types: readonly (readonly string[] | string)[];
    };
  };
  /** The fields of the first node, then of the second node, and so on. */
  readonly nodes: readonly number[];
}

export function contentOf({ snapshot: { meta }, nodes }: HeapSnapshot): HeapContent {
  const { node_fields: fields, node_types: types } = meta;
  const typeField = fields.indexOf('type');
  const sizeField = fields.indexOf('self_size');
  const names = types[typeField];
  if (sizeField < 0 || !Array.isArray(names)) {
    throw new Error(
      `The heap snapshot has the fields ${fields.join(', ')}. Expected the fields type and self_size. Use another version of Chromium.`,
    );
  }
  const content = { objects: 0, code: 0 };
  for (let start = 0; start < nodes.length; start += fields.length) {
    const type = names[nodes[start + typeField] ?? -1];
    if (outsideTypes.includes(type)) continue;
    content[codeTypes.includes(type) ? 'code' : 'objects'] += nodes[start + sizeField] ?? 0;
  }
  return content;
}

export async function heapContent(session: CDPSession): Promise<HeapContent> {
  const chunks: string[] = [];
  const collect = ({ chunk }: { readonly chunk: string }) => {
    chunks.push(chunk);
  };
  session.on('HeapProfiler.addHeapSnapshotChunk', collect);
  try {
    await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  } finally {
    session.off('HeapProfiler.addHeapSnapshotChunk', collect);
  }
  return contentOf(JSON.parse(chunks.join('')) as HeapSnapshot);
}
