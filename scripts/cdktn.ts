import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Command } from 'commander';
import { execa } from 'execa';

/** docs/adr/cdktf-and-its-successor.md contains the reason for this comparison. */

new Command('npm run check:cdktn --')
  .description(
    'Synthesizes the stacks with cdktf and with its successor cdktn, and compares both results. Needs the npm registry.',
  )
  .showHelpAfterError()
  .parse();

const successor = '0.24.0';

const root = join(import.meta.dirname, '..');
/** All files are copied, because some modules read files that they do not import. */
const sources = readdirSync(root).filter((name) => !/^(\.|node_modules$|dist$|cdktf\.out$)/.test(name));

interface Manifest {
  dependencies: Record<string, string>;
  overrides?: Record<string, unknown>;
}

/** Returns a `package.json` with cdktn in place of cdktf, also for the provider packages. */
function aliased(manifest: Manifest): Manifest {
  const cdktf = `npm:cdktn@${successor}`;
  const { constructs = '' } = manifest.dependencies;
  const providers = Object.keys(manifest.dependencies).filter((name) => name.startsWith('@cdktf/'));
  return {
    ...manifest,
    dependencies: { ...manifest.dependencies, cdktf },
    overrides: Object.fromEntries(providers.map((name) => [name, { cdktf, constructs }])),
  };
}

async function synthesize(folder: string, outdir: string): Promise<Map<string, unknown>> {
  await execa(process.execPath, ['--import', 'tsx', 'main.ts'], {
    cwd: folder,
    env: { CDKTF_OUTDIR: outdir },
    timeout: 120_000,
  });
  const stacks = join(outdir, 'stacks');
  return new Map(
    readdirSync(stacks).map((stack) => {
      const json = JSON.parse(readFileSync(join(stacks, stack, 'cdk.tf.json'), 'utf8'));
      delete json['//'].metadata.version;
      return [stack, json];
    }),
  );
}

const folder = mkdtempSync(join(tmpdir(), 'cdktn-'));
try {
  const {
    devDependencies: _,
    scripts: __,
    ...manifest
  } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const source of sources) cpSync(join(root, source), join(folder, source), { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(aliased(manifest), undefined, 2));
  console.log(`Installing cdktn ${successor} as cdktf …`);
  await execa('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: folder,
    timeout: 600_000,
  });
  const { name, version } = JSON.parse(readFileSync(join(folder, 'node_modules/cdktf/package.json'), 'utf8'));

  const expected = await synthesize(root, join(folder, 'by-cdktf'));
  const actual = await synthesize(folder, join(folder, 'by-cdktn'));
  const different = [...new Set([...expected.keys(), ...actual.keys()])].filter(
    (stack) => !isDeepStrictEqual(actual.get(stack), expected.get(stack)),
  );
  if (different.length > 0)
    throw new Error(
      `${name} ${version} cannot replace cdktf: the two packages write different JSON for the stacks ${different.join(', ')}. Expected equal JSON. Keep cdktf in package.json until a later version of ${name} writes equal JSON.`,
    );
  console.log(`${name} ${version} synthesizes the same ${actual.size} stacks as cdktf, except its version.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
