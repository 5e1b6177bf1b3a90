import type { ProgramName } from './programs.ts';

export interface Progress {
  readonly program: ProgramName;
  /** 1 is the first of `count` programs. */
  readonly index: number;
  readonly count: number;
  readonly step: 'waiting' | 'downloading' | 'modules' | 'building' | 'ready';
  readonly done?: number;
  readonly total?: number;
  readonly unit?: 'bytes' | 'packages' | 'modules';
}

/** Shows progress; `end` leaves the cursor on a fresh line, whatever was shown last. */
export interface ProgressRenderer {
  (progress: Progress): void;
  end(): void;
}

interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const redrawMs = 100;
const reportMs = 10_000;

/**
 * On a terminal one line that is updated in place; elsewhere (a log) a line for each step, and one every ten seconds
 * of a long one. A program that was there already is not worth a line.
 */
export function renderProgress(stream: Terminal, now: () => number = Date.now): ProgressRenderer {
  const terminal = stream.isTTY === true;
  let step = '';
  let shownAt = Number.NEGATIVE_INFINITY;
  let open = false;

  const show = (progress: Progress) => {
    const current = `${progress.program} ${progress.step}`;
    const worked = step.startsWith(`${progress.program} `);
    if (progress.step === 'ready' && !worked) return;
    if (current === step && now() - shownAt < (terminal ? redrawMs : reportMs)) return;
    step = current;
    shownAt = now();
    const line = describe(progress);
    if (!terminal) {
      stream.write(`${line}\n`);
      return;
    }
    // a line that wraps could not be drawn over
    stream.write(`\r\u001b[2K${line.slice(0, (stream.columns ?? 80) - 1)}`);
    open = progress.step !== 'ready';
    if (!open) stream.write('\n');
  };
  const end = () => {
    if (open) stream.write('\n');
    open = false;
  };
  return Object.assign(show, { end });
}

const steps: Readonly<Record<Progress['step'], string>> = {
  waiting: 'waiting for another process that is obtaining it',
  downloading: 'downloading the release',
  modules: 'fetching Go modules',
  building: 'compiling',
  ready: 'ready',
};

function describe({ program, index, count, step, done, total, unit }: Progress): string {
  const amount = unit === 'bytes' ? megabytes : String;
  const unitName = unit === 'bytes' ? 'MB' : unit;
  const of = total === undefined ? '' : ` of ${amount(total)}`;
  const figures = !done && !total ? '' : `, ${amount(done ?? 0)}${of} ${unitName}`;
  return `[${index}/${count}] ${program}: ${steps[step]}${figures}`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
