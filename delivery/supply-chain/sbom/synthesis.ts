import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from '../../../synthesis/stack.ts';
import { synthesize } from '../../../synthesis/synthesize.ts';
import { root } from '../project.ts';

/** @throws SynthesisError */
export async function synthesizedStacks(): Promise<readonly Stack[]> {
  const outdir = mkdtempSync(join(tmpdir(), 'sbom-stacks-'));
  try {
    return await synthesize(root, outdir);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
