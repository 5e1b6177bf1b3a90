import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import { stringify } from 'yaml';
import { z } from 'zod';
import * as environments from '../../config/environments/index.ts';
import { EnvironmentError } from '../../platforms/check-environments.ts';
import { readSettings, SettingsError } from '../../settings/read-settings.ts';
import { SynthesisError } from '../../synthesis/synthesis-error.ts';
import { stopRequest } from '../../toolchain/stop-request.ts';
import { KubectlError } from '../../verify/kubectl.ts';
import { environmentNamed } from '../../verify/open-system.ts';
import { PlanError } from '../plan/plan-error.ts';
import { type Drift, driftOf, manifestFile } from './drift.ts';
import { DriftError } from './drift-error.ts';
import { jsonReport } from './json.ts';
import { markdownReport } from './markdown.ts';

const root = join(import.meta.dirname, '../..');
const exitCodes = { same: 0, drifted: 1, couldNotRun: 2 } as const;
const known = Object.values(environments).map(({ name }) => name);

const program = new Command('npm run drift --')
  .description(
    `Compares a deployed environment with its declaration: Terraform's resources, the objects of each Helm release, and the Secrets. Changes nothing. Exit codes: ${exitCodes.same} no drift, ${exitCodes.drifted} drift, ${exitCodes.couldNotRun} the comparison could not run. A wrong command line also exits with ${exitCodes.drifted}.`,
  )
  .argument('<environment>', known.join(', '))
  .option('--markdown <file>', 'also writes the report as Markdown to this file')
  .option('--json <file>', 'also writes the report as JSON to this file')
  .option(
    '--manifests <folder>',
    'also writes the manifests that restore the objects of releases, one file for each cluster',
  )
  .showHelpAfterError()
  .parse();

const [name = ''] = program.args;
const { markdown, json, manifests } = program.opts<{
  markdown?: string;
  json?: string;
  manifests?: string;
}>();
const signal = stopRequest('drift');
const started = Date.now();

function say(sentence: string): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s  ${sentence}\n`);
}

try {
  requireKnown(name);
  const drift = await driftOf(environmentNamed(name), { root, outdir: outdir(), signal, say });
  const report = markdownReport(drift);
  if (markdown !== undefined) write(markdown, report);
  if (json !== undefined) write(json, jsonReport(drift));
  if (manifests !== undefined) writeManifests(manifests, drift);
  process.stdout.write(report);
  process.exitCode = drift.findings.length > 0 ? exitCodes.drifted : exitCodes.same;
} catch (error) {
  const isExpected = [
    DriftError,
    PlanError,
    KubectlError,
    EnvironmentError,
    SettingsError,
    SynthesisError,
  ].some((kind) => error instanceof kind);
  // An uncaught error ends Node with code 1, but code 1 means drift. Therefore every error is caught.
  console.error(isExpected ? (error as Error).message : error);
  process.exitCode = exitCodes.couldNotRun;
}

function outdir(): string {
  const { CDKTF_OUTDIR: folder } = readSettings(
    {
      CDKTF_OUTDIR: {
        schema: z.string().min(1).default('cdktf.out'),
        expected: 'the path of a folder',
        remedy: 'Set it to the path of a folder, or unset it to use the folder cdktf.out',
      },
    },
    process.env,
  );
  return resolve(root, folder);
}

function requireKnown(text: string): void {
  if (known.includes(text)) return;
  throw new DriftError(
    `There is no environment ${text}, expected one of ${known.join(', ')}. config/environments/index.ts exports the environments.`,
  );
}

function writeManifests(folder: string, drift: Drift): void {
  for (const [context, objects] of Object.entries(drift.manifests)) {
    if (objects.length === 0) continue;
    const text = objects.map((object) => stringify(object)).join('---\n');
    write(join(folder, manifestFile(context)), text);
  }
}

function write(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    const { code = 'an unknown error' } = error as NodeJS.ErrnoException;
    throw new DriftError(
      `${file}: the file cannot be written (${code}). Choose a file for which you have write permission.`,
    );
  }
}
