import { join } from 'node:path';
import { type ExecaError, execa } from 'execa';
import { readStacks, type Stack } from './stack.ts';
import { SynthesisError } from './synthesis-error.ts';

/** Timeout in milliseconds. A synthesis takes about 1 to 4 s (docs/benchmarks.md). */
const synthesisMs = 300_000;

/**
 * Synthesizes the stacks of a project folder into `outdir`.
 * @throws SynthesisError
 */
export async function synthesize(
  project: string,
  outdir: string,
  signal?: AbortSignal,
): Promise<readonly Stack[]> {
  try {
    await execa(process.execPath, ['scripts/synth.mjs'], {
      cwd: project,
      env: { CDKTF_OUTDIR: outdir },
      timeout: synthesisMs,
      ...(signal && { cancelSignal: signal }),
      all: true,
    });
  } catch (error) {
    const { all, shortMessage } = error as ExecaError<{ all: true }>;
    throw new SynthesisError(
      `The stacks of ${join(project, 'main.ts')} cannot be synthesized:\n${(all || shortMessage).trim().slice(0, 4000)}\nFix this error, then run the command again.`,
    );
  }
  return readStacks(outdir);
}
