import { jsonIn } from '../change/document.ts';
import { isBranch, isList, type Tree } from '../change/tree.ts';
import {
  publicNames,
  references,
  secretForms,
  secretKinds,
  secretNames,
  shortestSecret,
  smallestSecret,
} from './patterns.ts';

/** A secret that the plan contains as plain text. The value is not part of it. */
export interface PlainSecret {
  readonly path: readonly string[];
  /** What kind of secret the value is. */
  readonly what: string;
}

/** All secrets in a value. Values that Terraform marks as sensitive are already hidden and are not found. */
export function plainSecrets(tree: Tree | undefined, path: readonly string[] = []): readonly PlainSecret[] {
  if (typeof tree === 'string') return ofText(tree, path);
  if (isList(tree)) return tree.flatMap((element, index) => plainSecrets(element, [...path, String(index)]));
  if (!isBranch(tree)) return [];
  const { name, value, kind } = tree;
  // A variable of a container and a `set` of a release have their name in another field than their value.
  if (typeof name === 'string' && value !== undefined && isSecretValue(name, value)) {
    return [{ path: [...path, name], what: 'a value with the name of a secret' }];
  }
  return Object.entries(tree).flatMap(([key, child]) => {
    const at = [...path, key];
    if (typeof kind === 'string' && secretKinds.includes(kind) && ['data', 'stringData'].includes(key)) {
      return ofSecretObject(child, at);
    }
    if (isSecretValue(key, child)) {
      return [{ path: at, what: 'a value with the name of a secret' }];
    }
    return plainSecrets(child, at);
  });
}

function ofText(text: string, path: readonly string[]): readonly PlainSecret[] {
  const embedded = jsonIn(text);
  if (embedded !== undefined) return plainSecrets(embedded, path);
  const known = text.length < shortestSecret ? undefined : secretForms.find(({ form }) => form.test(text));
  if (known) return [{ path, what: known.what }];
  // A line of a configuration file, such as `auth_password: …` or `password = …`.
  return text.includes('\n') && text.split('\n').some(isSecretLine)
    ? [{ path, what: 'a line with the name of a secret' }]
    : [];
}

function isSecretLine(line: string): boolean {
  const [, key, value] = /^\s*["']?([\w.-]+)["']?\s*[:=]\s*["']?([^\s"'#,]+)["']?,?\s*$/.exec(line) ?? [];
  return key !== undefined && value !== undefined && isSecret(key, value);
}

/**
 * The data of a Secret. A configuration file in a Secret is not a secret as a whole, because some custom resources of the
 * operator read their configuration only from a Secret.
 */
function ofSecretObject(data: Tree, path: readonly string[]): readonly PlainSecret[] {
  if (!isBranch(data)) return [];
  return Object.entries(data).flatMap(([key, value]) => {
    if (typeof value !== 'string' || value === '' || references.test(value)) return [];
    const isFile = path.at(-1) === 'stringData' && value.includes('\n');
    return isFile ? ofText(value, [...path, key]) : [{ path: [...path, key], what: 'the data of a Secret' }];
  });
}

/** Whether a value with this name is a secret: a text, a number, or a list with one of them. */
function isSecretValue(name: string, value: Tree): boolean {
  if (typeof value === 'string') return isSecret(name, value);
  // A smaller number is a size, a count or a switch.
  if (typeof value === 'number') return Math.abs(value) >= smallestSecret && isSecretName(name);
  return isList(value) && value.some((element) => !isList(element) && isSecretValue(name, element));
}

function isSecret(name: string, value: string): boolean {
  return isSecretName(name) && value !== '' && !references.test(value) && !/^(true|false|null)$/i.test(value);
}

/**
 * For each key: whether it is the name of a secret. A plan repeats few keys many times, therefore the results are kept.
 */
const knownNames = new Map<string, boolean>();

function isSecretName(name: string): boolean {
  const known = knownNames.get(name);
  if (known !== undefined) return known;
  const words = (name.split(/[.[\]/]/).at(-1) ?? name)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase();
  const secret = secretNames.test(words) && !publicNames.has(words);
  knownNames.set(name, secret);
  return secret;
}
