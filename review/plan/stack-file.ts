import { basename, dirname, extname } from 'node:path';

export interface StackFile {
  readonly stack: string;
  readonly path: string;
}

const unnamed = ['plan', 'tfplan'];

export function stackFile(argument: string): StackFile {
  const [, stack, named] = /^([a-z][a-z0-9-]*)=(.+)$/.exec(argument) ?? [];
  if (stack !== undefined && named !== undefined) return { stack, path: named };
  const name = basename(argument, extname(argument));
  const folder = basename(dirname(argument));
  return { stack: unnamed.includes(name) && /\w/.test(folder) ? folder : name, path: argument };
}
