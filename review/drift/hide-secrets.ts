import type { Difference } from '../change/difference.ts';
import { hideSecretObjects } from '../change/hide.ts';
import { type Branch, Hidden, isBranch, own, sensitiveText, type Tree } from '../change/tree.ts';
import { plainSecrets } from '../secrets/find.ts';

/** Moves the texts of `stringData` to `data`, as Kubernetes does, and hides the data of the Secret. */
export function withoutSecretData(object: Branch): Branch {
  if (object.kind !== 'Secret') return object;
  const { stringData, ...rest } = object;
  const texts = isBranch(stringData) ? Object.entries(stringData) : [];
  const encoded = texts.map(([key, text]) => [key, Buffer.from(String(text)).toString('base64')] as const);
  const data = own(object, 'data');
  const all = { ...(isBranch(data) ? oneLine(data) : {}), ...Object.fromEntries(encoded) };
  const annotations = own(isBranch(rest.metadata) ? rest.metadata : {}, 'annotations');
  return hideSecretObjects({
    ...rest,
    ...(Object.keys(all).length > 0 && { data: all }),
    ...(isBranch(annotations) && {
      metadata: { ...(rest.metadata as Branch), annotations: hidden(annotations) },
    }),
  }) as Branch;
}

/** Hides the annotation in which `kubectl apply` stores a copy of the Secret. */
function hidden(annotations: Branch): Branch {
  return Object.fromEntries(
    Object.entries(annotations).map(([key, value]) => [
      key,
      key === 'kubectl.kubernetes.io/last-applied-configuration' ? new Hidden(sensitiveText, value) : value,
    ]),
  );
}

/** A manifest can have line breaks in a Base64 value. */
function oneLine(data: Branch): Branch {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      typeof value === 'string' ? value.replace(/\s+/g, '') : value,
    ]),
  );
}

/** Hides values that look like secrets, such as a password in the environment of a container. */
export function withoutSecretValues(found: readonly Difference[]): readonly Difference[] {
  return found.map((difference) => {
    const { path, before, after } = difference;
    const looksSecret = [before, after].some((tree) => isSecretAt(path, tree));
    if (!looksSecret) return difference;
    return {
      path,
      ...(before !== undefined && { before: new Hidden(sensitiveText, before) }),
      ...(after !== undefined && { after: new Hidden(sensitiveText, after) }),
    };
  });
}

function isSecretAt(path: readonly string[], tree: Tree | undefined): boolean {
  if (tree === undefined) return false;
  const key = path.at(-1) ?? '';
  // Example: the value in `env.DB_PASSWORD.value` is secret because of the name `DB_PASSWORD`.
  const names = key === 'value' ? [key, path.at(-2) ?? ''] : [key];
  return names.some((name) => plainSecrets({ [name]: tree }).length > 0);
}
