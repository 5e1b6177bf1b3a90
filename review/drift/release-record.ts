import { gunzipSync } from 'node:zlib';
import { Composer, Parser, type Tags } from 'yaml';
import { isTooDeep } from '../change/document.ts';
import { type Branch, isBranch, type Tree, textAt } from '../change/tree.ts';
import { DriftError } from './drift-error.ts';
import { inNamespace, objectName } from './live-object.ts';

/** Maximum bytes of an uncompressed release. The limit protects the memory from a damaged Secret. */
const mostBytes = 100_000_000;

/** A release as Helm stores it in a Secret `sh.helm.release.v1.<name>.v<revision>`. */
export interface ReleaseRecord {
  readonly name: string;
  readonly namespace: string;
  readonly revision: number;
  /** Status in Helm, such as `deployed`, `failed` or `pending-upgrade`. */
  readonly status: string;
  /** The objects in the manifest of the release. The manifest does not contain the objects of hooks. */
  readonly objects: readonly Branch[];
}

/**
 * Reads a release from its Secret.
 * @throws DriftError if the Secret is not readable
 */
export function releaseRecord(secret: Branch): ReleaseRecord {
  const where = `Secret ${textAt(secret, 'metadata.namespace')}/${textAt(secret, 'metadata.name')}`;
  const refuse = (problem: string) =>
    new DriftError(
      `${where}: ${problem}, expected a release of Helm 3 or 4. Check the release with \`helm status\`.`,
    );
  const encoded = textAt(secret, 'data.release');
  if (encoded === undefined) throw refuse('the key `release`, which contains the Helm release, is missing');
  const stored = parsed(encoded);
  if (!isBranch(stored)) throw refuse('the key `release` contains no valid Helm release');
  const { name, namespace, version, info, manifest } = stored;
  if (typeof name !== 'string' || typeof namespace !== 'string' || typeof manifest !== 'string') {
    throw refuse('the release has no name, no namespace or no manifest');
  }
  const objects = objectsIn(manifest);
  if (!objects) throw refuse('the manifest of the Helm release is not valid YAML');
  return {
    name,
    namespace,
    revision: typeof version === 'number' ? version : 0,
    status: textAt(info, 'status') ?? 'unknown',
    objects: objects.map((object) => inNamespace(object, namespace)),
  };
}

/** Helm encodes the compressed JSON in Base64. Kubernetes encodes the Base64 text in Base64 again. */
function parsed(encoded: string): Tree | undefined {
  try {
    const bytes = Buffer.from(Buffer.from(encoded, 'base64').toString('latin1'), 'base64');
    const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const text = isCompressed ? gunzipSync(bytes, { maxOutputLength: mostBytes }) : bytes;
    const tree: Tree = JSON.parse(text.toString('utf8'));
    return isTooDeep(tree) ? undefined : tree;
  } catch {
    return undefined;
  }
}

/** Helm reads `0644` as an octal number, but reads dates and times as text. */
const asHelm = {
  version: '1.1',
  merge: true,
  uniqueKeys: false,
  customTags: (tags: Tags) =>
    tags.filter(
      (tag) =>
        typeof tag === 'string' ||
        (tag.tag !== 'tag:yaml.org,2002:timestamp' && !('format' in tag && tag.format === 'TIME')),
    ),
} as const;

/** Returns undefined if a document is not valid. Returns each item of a `List` as a separate object. */
function objectsIn(text: string): readonly Branch[] | undefined {
  const documents = [...new Composer(asHelm).compose(new Parser().parse(text))];
  if (documents.some(({ errors }) => errors.length > 0)) return undefined;
  const trees = documents.map((document) => document.toJS({ maxAliasCount: 100 }) as Tree);
  return trees.flatMap((tree) => {
    const items = isBranch(tree) && tree.kind === 'List' && Array.isArray(tree.items) ? tree.items : [tree];
    return items.filter((item): item is Branch => objectName(item) !== undefined);
  });
}
