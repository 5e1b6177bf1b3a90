import type { CDPSession } from 'playwright-core';

/**
 * Content of the heap of a page in bytes. The sum is less than the used heap, because a heap snapshot leaves out some
 * memory of the browser. In a page with 2.2 MB it was 1.7 MB.
 */
export interface HeapContent {
  /** Data of the page: objects, arrays, functions, texts and numbers. */
  readonly objects: number;
  /**
   * Data of the browser about the page's functions and objects: byte code, machine code, counts of calls, and shapes of
   * objects. It grows while the browser compiles the functions that run often.
   */
  readonly code: number;
}

/** Types of nodes in a heap snapshot that contain data of the browser. */
const codeTypes: readonly string[] = ['code', 'hidden', 'object shape'];
/** Types of nodes that are not part of the JavaScript heap, such as elements of the document. */
const outsideTypes: readonly string[] = ['native', 'synthetic'];

/** The parts of a heap snapshot that the sums need. */
export interface HeapSnapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      readonly node_types: readonly (readonly string[] | string)[];
    };
  };
  /** Fields of all nodes, one node after another. */
  readonly nodes: readonly number[];
}

/** Adds the sizes of the nodes of a heap snapshot. */
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

/** Takes a heap snapshot of a page and adds the sizes of its nodes. */
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
