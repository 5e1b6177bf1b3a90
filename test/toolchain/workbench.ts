import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ObtainOptions, Progress } from '../../toolchain/index.ts';

/** An isolated environment: only the test's programs on PATH, an empty cache, and no network. */
export interface Workbench {
  readonly root: string;
  readonly bin: string;
  readonly cacheDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress[];
  readonly warnings: string[];
  readonly options: ObtainOptions & { readonly seams: NonNullable<ObtainOptions['seams']> };
}

const platform = { os: 'linux', arch: 'amd64' } as const;

export function workbench(env: NodeJS.ProcessEnv = {}): Workbench {
  const root = mkdtempSync(join(tmpdir(), 'toolchain-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const [bin, cacheDir, bundles] = [join(root, 'bin'), join(root, 'cache'), join(root, 'bundles')];
  for (const folder of [bin, cacheDir]) mkdirSync(folder);
  for (const bundle of ['prometheus', 'pushgateway', 'node_exporter']) {
    mkdirSync(join(bundles, bundle), { recursive: true });
    writeFileSync(join(bundles, bundle, 'go.mod'), `module toolchain.invalid/${bundle}\n\ngo 1.25.0\n`);
    writeFileSync(join(bundles, bundle, 'go.sum'), '');
  }
  const progress: Progress[] = [];
  const warnings: string[] = [];
  const complete = { PATH: bin, HOME: root, ...env };
  return {
    root,
    bin,
    cacheDir,
    env: complete,
    progress,
    warnings,
    options: {
      cacheDir,
      env: complete,
      names: ['pushgateway'],
      onProgress: (step) => progress.push(step),
      onWarning: (message) => warnings.push(message),
      seams: { bundles, platform, releases: { origin: 'http://127.0.0.1:1' } },
    },
  };
}

export function program(path: string, says: string, size = 0): void {
  script(path, `echo '${says}'\nexit 0\n${'#'.repeat(size)}`);
}

export function script(path: string, body: string): void {
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
}

export const pushgatewayOutput = 'pushgateway, version 1.11.3 (branch: HEAD, revision: 0)';

export const buildsPushgateway = builds(pushgatewayOutput);

export function builds(says: string): string {
  return `printf '#!/bin/sh\\necho "${says}"\\n' > "$out"; /bin/chmod 755 "$out"`;
}

interface FakeGo {
  /** Shell commands that the fake `go list` runs. */
  readonly list?: string;
  /** Shell commands that the fake `go build` runs. `$out` is the path of the new binary. */
  readonly build?: string;
}

/** Puts a fake `go` on PATH, and returns the path of its log file. */
export function fakeGo({ bin, root }: Workbench, { list = '', build = buildsPushgateway }: FakeGo): string {
  const calls = join(root, 'go-calls');
  writeFileSync(calls, '');
  script(
    join(bin, 'go'),
    `echo "$*" >> '${calls}'
previous=
for argument in "$@"; do
  [ "$previous" = -o ] && out=$argument
  previous=$argument
done
case $1 in
list) ${list || ':'} ;;
build) ${build} ;;
esac`,
  );
  return calls;
}

export function systemCommands({ bin }: Workbench, ...names: readonly string[]): void {
  for (const name of names) {
    const folder = ['/bin', '/usr/bin'].find((bin) => readdirSync(bin).includes(name));
    if (folder === undefined) throw new Error(`${name} is needed to run this test`);
    symlinkSync(join(folder, name), join(bin, name));
  }
}

/** Lists files and folders, also in subfolders. Returns an empty list for a missing folder. */
export function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  } catch {
    return [];
  }
}
