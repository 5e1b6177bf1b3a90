import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CouldNotRun } from '../could-not-run.ts';

/** The result of `npm run drift` for an environment. */
export interface DriftResult {
  readonly environment: string;
  readonly outcome: 'clean' | 'drift' | 'not known';
  readonly report: string;
}

const driftFiles = { report: 'drift.md', exitCode: 'exit-code' } as const;

const outcomes: Readonly<Record<string, DriftResult['outcome']>> = { 0: 'clean', 1: 'drift', 2: 'not known' };

/**
 * `folder` has a subfolder for each environment.
 * @throws CouldNotRun if a result is missing or damaged
 */
export function readDriftResults(folder: string): readonly DriftResult[] {
  const environments = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : [];
  if (environments.length === 0) {
    throw new CouldNotRun(
      `${folder} has no result of npm run drift. Expected a folder for each environment, with the files ${Object.values(driftFiles).join(' and ')}.`,
    );
  }
  return environments.map(({ name }) => readResult(join(folder, name), name));
}

function readResult(folder: string, environment: string): DriftResult {
  const read = (file: string) =>
    existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '';
  const code = read(driftFiles.exitCode).trim();
  const outcome = outcomes[code];
  if (outcome === undefined) {
    throw new CouldNotRun(
      `The file ${join(folder, driftFiles.exitCode)} contains ${JSON.stringify(code.slice(0, 20))}. Expected an exit code of npm run drift: 0, 1 or 2. Run npm run drift -- ${environment} again. Write the new exit code to ${join(folder, driftFiles.exitCode)}.`,
    );
  }
  const report = read(driftFiles.report);
  if (outcome === 'drift' && report.trim() === '') {
    throw new CouldNotRun(
      `${join(folder, driftFiles.report)} is missing or empty, although npm run drift found drift. Run npm run drift -- ${environment} --markdown ${join(folder, driftFiles.report)} again.`,
    );
  }
  return { environment, outcome, report };
}
