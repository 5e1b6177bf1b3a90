import type { Tree } from '../change/tree.ts';
import { isSecret } from './names.ts';

const option = /^--?[A-Za-z][\w.-]*$/;
/** The value of an option such as `--require-token` is not a secret. */
const withoutSecret = /^--?(?:use|require|enable|disable|allow|no|with|without|min|max)-/;

/** The option before a secret in a command line, such as `--client-secret` in `--client-secret abc`. */
export function optionBefore(list: readonly Tree[], index: number): string | undefined {
  const [name, value] = [list[index - 1], list[index]];
  if (typeof name !== 'string' || (typeof value !== 'string' && typeof value !== 'number')) return undefined;
  return isPair(name, String(value)) ? name : undefined;
}

function isPair(name: string, value: string): boolean {
  // In `docker build --secret id=x,src=file`, the value `id=x,src=file` names a file and is not a secret.
  const isPlain = !value.startsWith('-') && !value.startsWith('id=');
  return option.test(name) && !withoutSecret.test(name) && isPlain && isSecret(name, value);
}

/** A name and its value, such as `--client-secret=abc`, `PGPASSWORD=abc` or `auth.password=abc`. */
const assignment = /^-{0,2}([A-Za-z_][\w.-]*)=(.+)$/s;

/** Returns the name of the first secret in a command, such as `PGPASSWORD` in `PGPASSWORD=abc psql`. */
export function secretInCommand(text: string): string | undefined {
  if (!/=|(?:^|[\s"'`])--?[A-Za-z]/.test(text)) return undefined;
  const words = text.split(/[\s;]+/);
  for (const [index, word] of words.entries()) {
    const name = assigned(word);
    if (name !== undefined) return name;
    const before = unquoted(words[index - 1] ?? '');
    if (isPair(before, unquoted(word))) return before;
  }
  return undefined;
}

const unquoted = (word: string) => word.replace(/["'`]/g, '');

/** The end of a PromQL label matcher, such as `="x"}` in `up{secret="x"}`. */
const label = /=(["'])[^"']*\1[,})\]]/;

function assigned(word: string): string | undefined {
  if (label.test(word)) return undefined;
  const [, name = '', value = ''] = assignment.exec(unquoted(word)) ?? [];
  // The PromQL matcher `token=~"x"` and the shell text `TOKEN=$(cat file)` contain no secret.
  if (name === '' || /^[~$]/.test(value)) return undefined;
  // The value can contain a second assignment, as in `--from-literal=password=abc`.
  return isSecret(name, value) ? name : assigned(value);
}

const variable = /\bname:\s*["']?([\w.-]+)["']?\s*\n\s*value:\s*["']?([^\s"']+)/g;

export function secretVariable(text: string): string | undefined {
  for (const [, name = '', value = ''] of text.matchAll(variable)) if (isSecret(name, value)) return name;
  return undefined;
}
