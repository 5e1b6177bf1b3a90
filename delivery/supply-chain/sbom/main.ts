import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { execa } from 'execa';
import * as environments from '../../../config/environments/index.ts';
import { CouldNotRun } from '../../could-not-run.ts';
import { exitCodes, runCheck } from '../check.ts';
import { readLock } from '../lock/read-lock.ts';
import { lockFile, root } from '../project.ts';
import { documentOf, type Subject } from './document.ts';
import { bundleContents, functionsSubject } from './functions.ts';
import { developmentSubject, laptopSubject } from './laptop.ts';
import { platformSubject, type StackJson } from './platform.ts';
import { synthesizedStacks } from './synthesis.ts';

const options = new Command('npm run sbom --')
  .description(
    `Writes bills of materials in CycloneDX 1.6: of the functions, of each environment and of the laptop pipeline. Exit codes: ${exitCodes.passed} all documents are written and match the official schema, ${exitCodes.couldNotRun} a document cannot be written. A wrong command line exits with ${exitCodes.findings}.`,
  )
  .option('--out <folder>', 'the folder of the documents', 'dist/sbom')
  .option('--development', 'also writes a document of the packages that only the development needs')
  .showHelpAfterError()
  .parse()
  .opts<{ out: string; development?: true }>();

await runCheck(async () => {
  // The synthesis takes several seconds. A wrong output folder must fail before the synthesis starts.
  orRefused(() => mkdirSync(options.out, { recursive: true }));
  const lock = readLock(lockFile);
  const [bundles, stacks, time] = await Promise.all([bundleContents(), synthesizedStacks(), timeOfCommit()]);
  const subjects: readonly Subject[] = [
    functionsSubject(lock, bundles),
    ...Object.values(environments).map(({ name, images }) =>
      platformSubject(
        name,
        stacks.flatMap(({ environment, content }) => (environment === name ? [content as StackJson] : [])),
        images && 'mirror' in images ? images.mirror : undefined,
      ),
    ),
    laptopSubject(lock),
    ...(options.development ? [developmentSubject(lock)] : []),
  ];
  for (const subject of subjects) write(subject, await documentOf(subject, time));
  return false;
});

function write({ file, top, below }: Subject, text: string): void {
  const path = join(options.out, `${file}.cdx.json`);
  orRefused(() => writeFileSync(path, text));
  console.log(`${path}  ${new Set([...top, ...below]).size} components`);
}

/** Converts an error of the operating system to CouldNotRun. */
function orRefused(step: () => void): void {
  try {
    step();
  } catch (error) {
    const { code = 'an unknown error' } = error as NodeJS.ErrnoException;
    throw new CouldNotRun(
      `${options.out}: the documents cannot be written (${code}). Use --out to name a folder in which you can create files.`,
    );
  }
}

async function timeOfCommit(): Promise<Date | undefined> {
  const { stdout = '' } = await execa('git', ['log', '-1', '--format=%cI'], {
    cwd: root,
    reject: false,
    timeout: 10_000,
  });
  return stdout === '' ? undefined : new Date(stdout);
}
