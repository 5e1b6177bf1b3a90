import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { coerce, compare } from 'semver';
import type { Program } from './programs.ts';
import type { SourceName } from './settings.ts';
import { minorOf } from './version.ts';

export function otherWay(program: Program, sources: readonly SourceName[]): string {
  return sources.includes('path')
    ? `put ${program.name} ${minorOf(program.version)} on PATH`
    : 'allow more sources with PROGRAMS_FROM=path,release,source';
}

/** Text such as `Go 1.25.10 or newer`. The version is the newest in all go.mod files. */
export function neededGo(bundles: string): string {
  const versions = readdirSync(bundles).flatMap((bundle) => {
    const line = /^go (\d+\.\d+(?:\.\d+)?)$/m.exec(readFileSync(join(bundles, bundle, 'go.mod'), 'utf8'));
    return line?.[1] ?? [];
  });
  const newest = versions.sort((a, b) => compare(coerce(a) ?? a, coerce(b) ?? b)).at(-1);
  return `Go ${newest} or newer (https://go.dev/dl)`;
}
