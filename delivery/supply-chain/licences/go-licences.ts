import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { GoModule } from '../programs.ts';
import { licenceOfText } from './licence-text.ts';

/** Go's folder of downloaded modules. If Go is not installed: the default folder of Go. */
export async function moduleCache(): Promise<string> {
  const { stdout = '' } = await execa('go', ['env', 'GOMODCACHE'], { reject: false, timeout: 10_000 });
  return stdout.trim() || join(homedir(), 'go/pkg/mod');
}

/** In the names of its folders, Go writes `!a` instead of `A`. */
const escaped = (module: string) => module.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);

/** @returns `'absent'` if the module is not in `cache`; undefined if its licence is not known */
export function licenceOfModule(
  { module, version }: Pick<GoModule, 'module' | 'version'>,
  cache: string,
): string | undefined {
  const folder = join(cache, `${escaped(module)}@${escaped(version)}`);
  if (!existsSync(folder)) return 'absent';
  const texts = readdirSync(folder)
    .filter((file) => /^(un)?(licen[cs]e|copying)/i.test(file) && statSync(join(folder, file)).isFile())
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  return licenceOfText(texts.join('\n\n'));
}
