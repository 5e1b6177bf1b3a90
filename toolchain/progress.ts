import type { ProgramName } from './programs.ts';

export interface Progress {
  readonly program: ProgramName;
  /** Number of the program in the list of needed programs, from 1 to `count`. */
  readonly index: number;
  readonly count: number;
  readonly step: 'downloading' | 'modules' | 'building' | 'ready';
  readonly done?: number;
  readonly total?: number;
  readonly unit?: 'bytes' | 'packages' | 'modules';
}

export interface ProgressRenderer {
  (progress: Progress): void;
  say(sentence: string): void;
  end(): void;
}

interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const erase = '\r\u001b[2K';
const redrawMs = 100;
const reportMs = 10_000;

/** A terminal shows one changing line for all steps. A log repeats a long step every ten seconds. */
export function renderProgress(stream: Terminal, now: () => number = Date.now): ProgressRenderer {
  const terminal = stream.isTTY === true;
  const underWay = new Map<ProgramName, { activity: string; line: string; at: number }>();
  let lineIsOpen = false;

  const show = (progress: Progress) => {
    const { program } = progress;
    const shown = underWay.get(program);
    const activity = activityOf(progress);
    const isReady = progress.step === 'ready';
    if (isReady && !shown) return;
    const repeats = shown?.activity === activity;
    if (repeats && now() - shown.at < (terminal ? redrawMs : reportMs)) return;
    const line = `[${progress.index}/${progress.count}] ${program}: ${activity}${figures(progress)}`;
    if (isReady) underWay.delete(program);
    else underWay.set(program, { activity, line, at: now() });
    if (!terminal) {
      stream.write(`${line}\n`);
      return;
    }
    if (isReady) stream.write(`${erase}${line}\n`);
    const open = [...underWay.values()].map((other) => other.line).join(' · ');
    lineIsOpen = open !== '';
    // A terminal cannot overwrite a wrapped line.
    if (lineIsOpen) stream.write(`${erase}${open.slice(0, (stream.columns || 80) - 1)}`);
  };
  const say = (sentence: string) => {
    end();
    stream.write(`${sentence}\n`);
  };
  const end = () => {
    if (lineIsOpen) stream.write('\n');
    lineIsOpen = false;
  };
  return Object.assign(show, { say, end });
}

const activities: Readonly<Record<Progress['step'], string>> = {
  downloading: 'downloading the release',
  modules: 'fetching Go modules',
  building: 'compiling',
  ready: 'ready',
};

/** After the last package, Go links the program for many seconds. The text is then `linking`. */
function activityOf({ step, done, total }: Progress): string {
  return step === 'building' && done === total ? 'linking' : activities[step];
}

function figures({ done, total, unit }: Progress): string {
  if (!done && !total) return '';
  const amount = unit === 'bytes' ? (bytes: number) => (bytes / 1e6).toFixed(1) : String;
  const of = total === undefined ? '' : ` of ${amount(total)}`;
  return ` (${amount(done ?? 0)}${of} ${unit === 'bytes' ? 'MB' : unit})`;
}
