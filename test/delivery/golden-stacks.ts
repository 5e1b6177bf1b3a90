import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as environments from '../../config/environments/index.ts';

const folder = join(import.meta.dirname, '../stacks/goldens');

export function goldenStacks(): readonly { readonly name: string; readonly json: Record<string, never> }[] {
  const own = Object.keys(environments).map((name) => `${name}-`);
  return readdirSync(folder)
    .filter((file) => own.some((start) => file.startsWith(start)))
    .map((file) => ({
      name: basename(file, '.json'),
      json: JSON.parse(readFileSync(join(folder, file), 'utf8')),
    }));
}
