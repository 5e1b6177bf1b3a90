import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AlertCase, RecordingCase } from './case.ts';

const folder = join(import.meta.dirname, 'cases');
const modules = await Promise.all(
  readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .map(
      (file) => import(pathToFileURL(join(folder, file)).href) as Promise<Readonly<Record<string, unknown>>>,
    ),
);

const exportsOf = <T>(suffix: string): readonly T[] =>
  modules.flatMap((module) =>
    Object.entries(module).flatMap(([name, value]) => (name.endsWith(suffix) ? (value as readonly T[]) : [])),
  );

export const alertCases: readonly AlertCase[] = exportsOf('Cases');

export const recordingCases: readonly RecordingCase[] = exportsOf('Recordings');

/** Names of the alerts that fire in at least one case, and do not fire in at least one other case. */
export function testedAlerts(): readonly string[] {
  const named = (cases: readonly AlertCase[]) => new Set(cases.map(({ alert }) => alert));
  const firing = named(alertCases.filter(({ fires }) => fires));
  const silent = named(alertCases.filter(({ fires }) => !fires));
  return [...firing].filter((alert) => silent.has(alert)).sort();
}
