import { basename, dirname, extname } from 'node:path';

/** A plan on the command line. */
export interface StackFile {
  readonly stack: string;
  readonly path: string;
}

/** File names that do not contain the name of a stack. */
const unnamed = ['plan', 'tfplan'];

/**
 * The stack and the path of an argument: `<path>`, or `<stack>=<path>`. A plan does not contain the name of its stack.
 * Without `<stack>=`, the name of the file is the name of the stack; for `plan.json`, it is the name of the folder.
 */
export function stackFile(argument: string): StackFile {
  const [, stack, named] = /^([a-z][a-z0-9-]*)=(.+)$/.exec(argument) ?? [];
  if (stack !== undefined && named !== undefined) return { stack, path: named };
  const name = basename(argument, extname(argument));
  const folder = basename(dirname(argument));
  return { stack: unnamed.includes(name) && /\w/.test(folder) ? folder : name, path: argument };
}
