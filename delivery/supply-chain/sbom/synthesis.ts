import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { CouldNotRun } from '../check.ts';
import { root } from '../project.ts';
import type { StackJson } from './platform.ts';

const timeout = 120_000;

/**
 * Synthesizes the stacks of all environments in another process, because only the infrastructure may import CDKTF.
 * @returns the stacks by name
 * @throws CouldNotRun with the error of the synthesis
 */
export async function synthesizedStacks(): Promise<ReadonlyMap<string, StackJson>> {
  const outdir = mkdtempSync(join(tmpdir(), 'sbom-stacks-'));
  try {
    const { exitCode, stderr } = await execa(process.execPath, ['scripts/synth.mjs'], {
      cwd: root,
      env: { CDKTF_OUTDIR: outdir },
      reject: false,
      timeout,
    });
    if (exitCode !== 0) {
      throw new CouldNotRun(
        `The stacks cannot be synthesized:\n${stderr}\nFix the environment, check it with npm run synth, and run this again.`,
      );
    }
    const stacks = join(outdir, 'stacks');
    return new Map(
      readdirSync(stacks).map((name) => [
        name,
        JSON.parse(readFileSync(join(stacks, name, 'cdk.tf.json'), 'utf8')) as StackJson,
      ]),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
