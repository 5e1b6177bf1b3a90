import { writeFileSync } from 'node:fs';
import { Argument, Command, CommanderError, Option } from 'commander';
import { wholeNumberWithin } from '../console/cli/values.ts';
import { scheduleBounds } from '../console/controls/bounds.ts';
import { refuseKeptByNpm } from '../verify/kept-by-npm.ts';
import { laptop, systemNames } from '../verify/open-system.ts';
import { drill, type PlannedDrill } from './drill.ts';
import { Journal } from './journal.ts';
import { portOffsetOf } from './journal-files.ts';
import { junitOf } from './junit.ts';
import { orderOf } from './order.ts';
import { readRecord, recordOf, writeRecord } from './record.ts';
import { requireNoJournal, restoreEarlier } from './restore.ts';
import { exitCodeOf, exitCodes, type FaultResult } from './result.ts';
import { drillTable } from './table.ts';
import { CouldNotRun, type DrillTarget, type OpenTarget, type TargetAddress } from './target.ts';
import type { OpenDrillTarget } from './targets.ts';
import { messageOf } from './wait.ts';
import { writable } from './writable.ts';

const maxRounds = 100;
const maxParallel = 8;

export interface DrillCommand {
  readonly root: string;
  readonly journals: string;
  readonly open: OpenDrillTarget;
  readonly signal: AbortSignal;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /**
   * If the user forgets `--`, npm stores the options in these variables.
   * @default no variables
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** @returns whether the user agrees; undefined without a terminal */
  readonly ask: (question: string) => Promise<boolean | undefined>;
  /** @default 1000 */
  readonly pollMs?: number;
}

interface Options {
  readonly fault?: readonly string[];
  readonly safe?: boolean;
  readonly seed?: number;
  readonly rounds: number;
  readonly parallel: number;
  readonly junit?: string;
  readonly portOffset?: number;
  readonly record?: boolean;
  readonly yes?: boolean;
}

/**
 * @param argv the arguments of `npm run drill` after `--`
 * @returns the exit code
 */
export async function runDrill(argv: readonly string[], command: DrillCommand): Promise<number> {
  const { out, err, env = {} } = command;
  let exitCode: number = exitCodes.passed;
  const program = drillProgram()
    .configureOutput({ writeOut: out, writeErr: err })
    .exitOverride()
    // Commander must reject `restore --safe`, because `restore` has no option `--safe`.
    .enablePositionalOptions();
  program.action(async (name: string, options: Options) => {
    exitCode = await runOne(name, options, command);
  });
  const restore = program
    .command('restore')
    .description('restores the faults that an interrupted drill has left');
  restore.copyInheritedSettings(program).action(async () => {
    const open = (address: TargetAddress) =>
      command.open(address.target, {
        ...command,
        portOffset: portOffsetOf(address),
        restoresOnly: true,
        say: (sentence) => err(`${sentence}\n`),
      });
    const done = await restoreEarlier(command.journals, open);
    out(`${done.length > 0 ? done.join('\n') : 'No fault of an earlier drill is still injected.'}\n`);
  });
  try {
    refuseKeptByNpm(program, env);
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has already printed the message of this error.
    if (error instanceof CommanderError) return error.exitCode;
    if (!(error instanceof CouldNotRun)) throw error;
    err(`${error.message}\n`);
    return exitCodes.couldNotRun;
  }
}

async function runOne(name: string, options: Options, command: DrillCommand): Promise<number> {
  const { signal, out, err } = command;
  const started = Date.now();
  const say = (sentence: string) =>
    err(`${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s  ${sentence}\n`);
  const junit = options.junit === undefined ? undefined : writable(options.junit);
  if (options.record && name !== laptop) {
    throw new CouldNotRun(
      '--record is an option for the laptop, because drill/recorded.json contains only results of the laptop. ' +
        `Run npm run drill -- ${name} without --record.`,
    );
  }
  if (options.safe && name === laptop) {
    throw new CouldNotRun(
      '--safe is an option for clusters. It leaves out faults that disturb other users of a cluster. The laptop has no other users: run the drill again without --safe.',
    );
  }
  if (options.portOffset !== undefined || name !== laptop) {
    await requireNoJournal(command.journals, { target: name, portOffset: options.portOffset ?? 0 });
  }
  const { portOffset, fault: faults } = options;
  const opened = await command.open(name, { ...command, portOffset, faults, say });
  let results: readonly FaultResult[];
  try {
    results = await drillOpened(opened, options, command, say);
  } finally {
    await opened.close();
  }
  out(`${drillTable(results)}\n`);
  if (junit !== undefined) writeFileSync(junit, junitOf(name, results));
  const exitCode = exitCodeOf(results);
  if (options.record && exitCode !== exitCodes.couldNotRun) {
    const endedAt = new Date();
    const seconds = (endedAt.getTime() - started) / 1000 / options.rounds;
    writeRecord(
      recordOf({ results, isWhole: !options.fault && !options.safe, seconds, endedAt }, readRecord),
    );
  }
  return signal.aborted ? exitCodes.couldNotRun : exitCode;
}

async function drillOpened(
  { target, address }: OpenTarget,
  { fault, safe = false, rounds, seed, parallel, yes = false }: Options,
  { journals, signal, pollMs, ask }: DrillCommand,
  say: (sentence: string) => void,
): Promise<readonly FaultResult[]> {
  const possible = await target.faults().catch((error) => {
    throw error instanceof CouldNotRun ? error : new CouldNotRun(messageOf(error));
  });
  const faults = safe ? possible.filter((one) => one.safe) : possible;
  if (safe && faults.length === 0) {
    throw new CouldNotRun(
      `No fault of ${target.title} is safe. Choose faults with --fault instead of --safe. The faults are ${possible.map(({ name }) => name).join(', ')}.`,
    );
  }
  const planned = orderOf(faults, { names: fault, rounds, seed });
  if (!yes) await requireConsent(target, planned, ask);
  const journal = new Journal(journals, address);
  say(`Drilling ${planned.length} faults in ${target.title}.`);
  return drill(planned, {
    target,
    journal,
    signal,
    parallel,
    onProgress: (name, sentence) => say(`${name}: ${sentence}`),
    ...(pollMs !== undefined && { pollMs }),
  });
}

/** @throws CouldNotRun if the user does not agree, or if there is no terminal */
async function requireConsent(
  target: DrillTarget,
  planned: readonly PlannedDrill[],
  ask: DrillCommand['ask'],
): Promise<void> {
  const { title } = target;
  const changes = target.effects?.([...new Set(planned.map(({ fault }) => fault.name))]) ?? [];
  if (changes.length === 0) return;
  const list = changes.map((change) => `  - ${change}`).join('\n');
  const agreed = await ask(
    `The drill changes ${title}, and undoes each change:\n${list}\nContinue? (yes/no) `,
  );
  if (agreed) return;
  throw new CouldNotRun(
    agreed === undefined
      ? `The drill changes ${title}:\n${list}\nThere is no terminal to ask for consent. Add --yes.`
      : 'The answer was not "yes". The drill changed nothing.',
  );
}

function drillProgram(): Command {
  const { seed } = scheduleBounds;
  return new Command('npm run drill --')
    .description(
      `Injects faults and measures the seconds to each step of their alerts: condition, pending, firing, notified, clear, resolved. Exit codes: ${exitCodes.passed} every step had the expected result, ${exitCodes.failed} a step had a wrong result or the command line is wrong, ${exitCodes.couldNotRun} the drill could not run.`,
    )
    .addArgument(new Argument('[target]', 'the system to drill').choices(systemNames).default(laptop))
    .option('--fault <name...>', 'only these faults (default: every fault)')
    .addOption(
      new Option(
        '--safe',
        'drills only the faults that scale or pause one component and lose no data; this option is for clusters, not for the laptop',
      ).conflicts('fault'),
    )
    .option(
      '--seed <N>',
      'shuffles the faults; the same seed gives the same order',
      wholeNumberWithin(seed.min, seed.max),
    )
    .option('--rounds <N>', 'drills each fault this many times', wholeNumberWithin(1, maxRounds), 1)
    .option(
      '--parallel <N>',
      'maximum number of faults at the same time; faults that disturb each other never run together',
      wholeNumberWithin(1, maxParallel),
      4,
    )
    .option('--junit <file>', 'also writes the results to a JUnit file')
    .option(
      '--port-offset <N>',
      'the port offset of a running laptop pipeline (default: the drill starts its own pipeline)',
      wholeNumberWithin(0, 55_000),
    )
    .option('--yes', 'changes a cluster without a question')
    .option('--record', 'also writes the results to drill/recorded.json')
    .showHelpAfterError();
}
