import { jsonIn } from '../change/document.ts';
import { type Branch, isBranch, isList, type Tree } from '../change/tree.ts';
import { optionBefore, secretInCommand, secretVariable } from './arguments.ts';
import { isSecret, isSecretName } from './names.ts';
import { references, secretForms, secretKinds, shortestSecret, smallestSecret } from './patterns.ts';

/** Place of a secret in a plan or a Kubernetes object. The secret itself is not included. */
export interface PlainSecret {
  readonly path: readonly string[];
  /** For example `a private key`. */
  readonly what: string;
}

/** Finds values that look like secrets, except values that are already hidden. */
export function plainSecrets(tree: Tree | undefined, path: readonly string[] = []): readonly PlainSecret[] {
  if (typeof tree === 'string') return ofText(tree, path);
  if (isList(tree)) {
    return tree.flatMap((element, index) => {
      const at = [...path, String(index)];
      const option = optionBefore(tree, index);
      return option === undefined
        ? plainSecrets(element, at)
        : [{ path: at, what: `the value of the option ${option}` }];
    });
  }
  if (!isBranch(tree)) return [];
  const { value, kind } = tree;
  const name = nameOfValue(tree);
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

export function nameOfValue({ name, key }: Branch): Tree | undefined {
  return name ?? key;
}

function ofText(text: string, path: readonly string[]): readonly PlainSecret[] {
  const embedded = jsonIn(text);
  if (embedded !== undefined) return plainSecrets(embedded, path);
  const known = text.length < shortestSecret ? undefined : secretForms.find(({ form }) => form.test(text));
  if (known) return [{ path, what: known.what }];
  const name = secretInCommand(text) ?? secretVariable(text);
  if (name !== undefined) return [{ path, what: `a text with a value of ${name}` }];
  // A line of a configuration file, such as `auth_password: …` or `password = …`.
  return text.includes('\n') && text.split('\n').some(isSecretLine)
    ? [{ path, what: 'a line with the name of a secret' }]
    : [];
}

function isSecretLine(line: string): boolean {
  const [, key, value] = /^\s*["']?([\w.-]+)["']?\s*[:=]\s*["']?([^\s"'#,]+)["']?,?\s*$/.exec(line) ?? [];
  return key !== undefined && value !== undefined && isSecret(key, value);
}

function ofSecretObject(data: Tree, path: readonly string[]): readonly PlainSecret[] {
  if (!isBranch(data)) return [];
  return Object.entries(data).flatMap(([key, value]) => {
    if (typeof value !== 'string' || value === '' || references.test(value)) return [];
    // The Prometheus Operator reads configuration files from Secrets, even files without passwords.
    const isFile = path.at(-1) === 'stringData' && value.includes('\n');
    return isFile ? ofText(value, [...path, key]) : [{ path: [...path, key], what: 'the data of a Secret' }];
  });
}

function isSecretValue(name: string, value: Tree): boolean {
  if (typeof value === 'string') return isSecret(name, value);
  if (typeof value === 'number') return Math.abs(value) >= smallestSecret && isSecretName(name);
  return isList(value) && value.some((element) => !isList(element) && isSecretValue(name, element));
}
