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

/** The place of a secret that the plan contains as plain text, without the secret. */
export interface PlainSecret {
  readonly path: readonly string[];
  /** For example `a private key`. */
  readonly what: string;
}

/** All secrets in a value. Sensitive values are already hidden, therefore the search does not find them. */
export function plainSecrets(tree: Tree | undefined, path: readonly string[] = []): readonly PlainSecret[] {
  if (typeof tree === 'string') return ofText(tree, path);
  if (isList(tree)) {
    return tree.flatMap((element, index) => {
      const at = [...path, String(index)];
      return isSecretArgument(tree, index)
        ? [{ path: at, what: 'an argument after an option with the name of a secret' }]
        : plainSecrets(element, at);
    });
  }
  if (!isBranch(tree)) return [];
  const { name, value, kind } = tree;
  // In a container variable, such as `{ name: 'DB_PASSWORD', value: 'x' }`, `name` decides whether `value` is a secret.
  // The `set` blocks of a Helm release have the same two fields.
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

/** Whether an element of a command line is the secret of the option before it, such as `--client-secret abc`. */
export function isSecretArgument(list: readonly Tree[], index: number): boolean {
  const [option, value] = [list[index - 1], list[index]];
  if (typeof option !== 'string' || typeof value !== 'string') return false;
  return /^--?[A-Za-z][\w-]*$/.test(option) && !value.startsWith('-') && isSecret(option, value);
}

/** The name and the secret of an argument such as `--client-secret=abc`. */
const argument = /^--?([A-Za-z][\w-]*)=(.+)$/s;

function ofText(text: string, path: readonly string[]): readonly PlainSecret[] {
  const embedded = jsonIn(text);
  if (embedded !== undefined) return plainSecrets(embedded, path);
  const known = text.length < shortestSecret ? undefined : secretForms.find(({ form }) => form.test(text));
  if (known) return [{ path, what: known.what }];
  const [, option = '', secret = ''] = argument.exec(text) ?? [];
  if (isSecret(option, secret)) return [{ path, what: 'an option with the name of a secret' }];
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
 * Reports each value in the data of a Secret that is not empty and not a reference. A `stringData` value with several
 * lines is a configuration file, which some custom resources of the Prometheus Operator need in a Secret. Such a file
 * is reported only if the file contains a secret.
 */
function ofSecretObject(data: Tree, path: readonly string[]): readonly PlainSecret[] {
  if (!isBranch(data)) return [];
  return Object.entries(data).flatMap(([key, value]) => {
    if (typeof value !== 'string' || value === '' || references.test(value)) return [];
    const isFile = path.at(-1) === 'stringData' && value.includes('\n');
    return isFile ? ofText(value, [...path, key]) : [{ path: [...path, key], what: 'the data of a Secret' }];
  });
}

function isSecretValue(name: string, value: Tree): boolean {
  if (typeof value === 'string') return isSecret(name, value);
  if (typeof value === 'number') return Math.abs(value) >= smallestSecret && isSecretName(name);
  return isList(value) && value.some((element) => !isList(element) && isSecretValue(name, element));
}

function isSecret(name: string, value: string): boolean {
  return isSecretName(name) && value !== '' && !references.test(value) && !/^(true|false|null)$/i.test(value);
}

/** Cache, because a plan repeats the same keys many times. */
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
