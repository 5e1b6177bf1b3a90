import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, Command, CommanderError } from 'commander';
import { wholeNumberWithin } from '../console/cli/values.ts';
import { journalFiles } from '../drill/journal-files.ts';
import { exitCodes } from '../drill/result.ts';
import { CouldNotRun } from '../drill/target.ts';
import { writable } from '../drill/writable.ts';
import { refuseKeptByNpm } from '../verify/kept-by-npm.ts';
import { laptop, systemNames } from '../verify/open-system.ts';
import { deletedMark, restoreDrill, restoredMark, StoppedPrograms } from './drill.ts';
import { backupFolder, readJournal, removeJournal, writeJournal } from './journal.ts';
import { writeRecord } from './record.ts';
import { restoreJunit, restoreTable } from './report.ts';
import type { RestoreCommand } from './restore-command.ts';
import { exitCodeOf } from './result.ts';
import { restoreInterrupted } from './resume.ts';
import type { RestoreSystem } from './store.ts';

/** The only environment that the drill accepts without the option --allow. The drill deletes data. */
const drilledEnvironment = 'local';

interface Options {
  readonly junit?: string;
  readonly portOffset?: number;
  readonly allow?: string;
  readonly record?: boolean;
  readonly yes?: boolean;
}

/** Runs `npm run restore-drill` and returns its exit code. @param argv the arguments after `--` */
export async function runRestoreDrill(argv: readonly string[], command: RestoreCommand): Promise<number> {
  const { out, err, env = {} } = command;
  let exitCode: number = exitCodes.passed;
  const program = restoreProgram()
    .configureOutput({ writeOut: out, writeErr: err })
    .exitOverride()
    .enablePositionalOptions();
  program.action(async (name: string, options: Options) => {
    exitCode = await runOne(name, options, command);
  });
  program
    .command('restore')
    .description('restores the stores that an interrupted drill has deleted')
    .copyInheritedSettings(program)
    .action(async () => {
      const done = await restoreInterrupted(command);
      out(`${done.length > 0 ? done.join('\n') : 'No store of an earlier drill is still deleted.'}\n`);
    });
  try {
    refuseKeptByNpm(program, env);
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    if (!(error instanceof CouldNotRun)) throw error;
    err(`${error.message}\n`);
    return exitCodes.couldNotRun;
  }
}

async function runOne(name: string, options: Options, command: RestoreCommand): Promise<number> {
  const { out, err, open, signal, folder } = command;
  const started = Date.now();
  const say = (sentence: string) =>
    err(`${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s  ${sentence}\n`);
  requireAllowed(name, options.allow);
  const junit = options.junit === undefined ? undefined : writable(options.junit);
  requireNoJournal(folder);
  const { system, address } = await open(name, { ...command, portOffset: options.portOffset, say });
  try {
    if (!options.yes) await requireConsent(system, command.ask);
    const backup = backupFolder(folder, address);
    // Call `requireNoJournal` before `rmSync`. The old backup can be the only copy of the data.
    rmSync(backup, { recursive: true, force: true });
    const result = await restoreDrill(system, {
      ...command,
      folder: backup,
      say,
      onStop: (stores) => system.asks && writeJournal(folder, address, stores),
    }).catch((error) => {
      if (!(error instanceof StoppedPrograms) && !hasDeleted(backup)) removeJournal(folder, address);
      throw error;
    });
    out(`${restoreTable(result)}\n`);
    if (junit !== undefined) writeFileSync(junit, restoreJunit(name, result));
    const exitCode = exitCodeOf(result);
    const isIncomplete = result.stores.some(({ verdict }) => verdict !== 'passed');
    if (isIncomplete && system.asks) {
      err(
        `The backup is kept in ${backup}. Restore it again: npm run restore-drill -- restore. Or restore the stores by hand, as docs/restore.md describes, and delete ${backup}.json.\n`,
      );
    } else removeJournal(folder, address);
    if (options.record && exitCode === exitCodes.passed) writeRecord(name, result, new Date());
    return signal.aborted ? exitCodes.couldNotRun : exitCode;
  } finally {
    await system.close();
  }
}

const hasDeleted = (backup: string): boolean =>
  existsSync(backup) &&
  readdirSync(backup).some((store) =>
    [deletedMark, restoredMark].some((mark) => existsSync(join(backup, store, mark))),
  );

function requireAllowed(name: string, allow: string | undefined): void {
  if (name === laptop || name === drilledEnvironment || allow === name) return;
  throw new CouldNotRun(
    `The drill was not started, because it would delete the data of the environment ${name}. Without --allow, only the environment ${drilledEnvironment} is drilled. If you really want to drill ${name}, add --allow ${name}.`,
  );
}

function requireNoJournal(folder: string): void {
  const [file] = journalFiles(folder);
  if (file === undefined) return;
  const journal = readJournal(file);
  throw new CouldNotRun(
    `A drill of ${journal.target}, started at ${journal.startedAt}, has not restored all data. If process ${journal.pid} still runs, wait until the process ends. Otherwise restore the data: npm run restore-drill -- restore.`,
  );
}

async function requireConsent(system: RestoreSystem, ask: RestoreCommand['ask']): Promise<void> {
  if (!system.asks) return;
  const list = system.stores
    .map(({ name, program, deletes }) => `  - ${name} of ${program}: ${deletes}`)
    .join('\n');
  const text = `The drill backs up, deletes and restores these stores of ${system.title}. Their programs stop for a minute or longer:\n${list}\n`;
  const agreed = await ask(`${text}Continue? (yes/no) `);
  if (agreed) return;
  throw new CouldNotRun(
    agreed === undefined
      ? `${text}The drill cannot ask you for consent, because there is no terminal. Add --yes to consent.`
      : 'The answer was not "yes". The drill deleted nothing.',
  );
}

function restoreProgram(): Command {
  return new Command('npm run restore-drill --')
    .description(
      `Backs up every store, deletes the data, restores the data from the backup, and compares the restored data with the recorded data. The stores contain samples, pushed groups, silences and messages. Exit codes: ${exitCodes.passed} every store is complete, ${exitCodes.failed} data is missing or the command line is wrong, ${exitCodes.couldNotRun} the drill could not run.`,
    )
    .addArgument(new Argument('[target]', 'the system to drill').choices(systemNames).default(laptop))
    .option('--junit <file>', 'also writes the results to a JUnit file')
    .option(
      '--port-offset <N>',
      'the port offset of a running laptop pipeline (default: the drill starts its own pipeline)',
      wholeNumberWithin(0, 55_000),
    )
    .option('--yes', 'deletes the data without a question')
    .option(
      '--allow <environment>',
      `permits an environment other than ${drilledEnvironment}; repeat the name of the environment`,
    )
    .option('--record', 'also writes the results to restore/recorded.json')
    .showHelpAfterError();
}
