import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type GoContext, go } from './go.ts';
import { applyOverlay } from './overlay.ts';
import type { Platform } from './platform.ts';
import type { Program } from './programs.ts';
import { recipeOf } from './recipe.ts';
import type { SourceName } from './settings.ts';

export interface BuildOptions {
  readonly platform: Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly bundles: string;
  readonly sources: readonly SourceName[];
  readonly scratch: string;
  readonly signal?: AbortSignal | undefined;
  readonly onStep: (step: {
    step: 'modules' | 'building';
    done: number;
    total?: number;
    unit: 'modules' | 'packages';
  }) => void;
}

/** GOGC in percent. With 400, net/http compiles in 32 s instead of 37 s, but with more memory. */
const compilerGarbage = '400';

/** @returns the path of the binary, which is in the scratch folder */
export async function buildFromSource(program: Program, options: BuildOptions): Promise<string> {
  const { platform, bundles, sources, scratch, signal, onStep } = options;
  const bundle = join(bundles, program.bundle);
  const module = join(scratch, 'module');
  const temporary = join(scratch, 'tmp');
  await mkdir(module, { recursive: true });
  await mkdir(temporary, { recursive: true });
  for (const file of ['go.mod', 'go.sum']) await copyFile(join(bundle, file), join(module, file));

  const recipe = recipeOf(program, platform);
  const env = {
    GOGC: compilerGarbage,
    ...options.env,
    ...recipe.environment,
    GOTMPDIR: temporary,
  };
  const context: GoContext = { program, bundles, sources, env, module, signal };
  // The command `go version` fails early if Go is missing.
  await go(context, ['version']);
  let modules = 0;
  const onModule = () => onStep({ step: 'modules', done: ++modules, unit: 'modules' });

  onStep({ step: 'modules', done: 0, unit: 'modules' });
  if (existsSync(join(bundle, 'overlay'))) await applyOverlay(context, join(bundle, 'overlay'));

  // `go list` prints a line for each package that `go build` will compile.
  let total = 0;
  const count = () => {
    total += 1;
  };
  const stale = ['list', ...recipe.flags, '-deps', '-f={{.StaleReason}}', recipe.target];
  await go(context, stale, { onModule, onOutput: count });

  let done = 0;
  const binary = join(scratch, program.name);
  onStep({ step: 'building', done, total, unit: 'packages' });
  await go(context, ['build', '-v', ...recipe.flags, '-o', binary, recipe.target], {
    onModule,
    onPackage: () => onStep({ step: 'building', done: Math.min(++done, total), total, unit: 'packages' }),
  });
  return binary;
}
