import { chmodSync, existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { obtainPrograms, ToolchainError } from '../../toolchain/index.ts';
import { isRunning } from '../is-running.ts';
import { builds, buildsPushgateway, fakeGo, filesIn, type Workbench, workbench } from './workbench.ts';

const onlySource = () => workbench({ PROGRAMS_FROM: 'source' });
const callsOf = (file: string) => readFileSync(file, 'utf8').trim().split('\n');

async function failureOf({ options }: Workbench): Promise<ToolchainError> {
  const error: unknown = await obtainPrograms(options).catch((thrown: unknown) => thrown);
  if (!(error instanceof ToolchainError)) throw new Error('expected a ToolchainError', { cause: error });
  return error;
}

describe('a build from source', () => {
  it('puts the program into the cache and leaves nothing else', async () => {
    const bench = onlySource();
    fakeGo(bench, {});
    const { pushgateway } = await obtainPrograms(bench.options);
    expect(pushgateway).toMatchObject({ origin: 'source', version: '1.11.3', webUi: true });
    expect(pushgateway.path.startsWith(bench.cacheDir)).toBe(true);
    expect(filesIn(join(bench.cacheDir, 'scratch'))).toEqual([]);
  });

  it('sets the version of the program, and does not change the Go module', async () => {
    const bench = onlySource();
    const calls = callsOf((await obtained(bench, {})).calls);
    const build = calls.find((call) => call.startsWith('build '));
    expect(build).toContain('-X github.com/prometheus/common/version.Version=1.11.3');
    expect(build).toContain('-mod=readonly');
    expect(build).toMatch(/github\.com\/prometheus\/pushgateway$/);
  });

  it('sets a high GOGC for the compiler, unless the user has set GOGC', async () => {
    const notes = (bench: Workbench) => join(bench.root, 'gogc');
    const build = (bench: Workbench) => `echo "$GOGC" > '${notes(bench)}'; ${buildsPushgateway}`;
    const bench = onlySource();
    await obtained(bench, { build: build(bench) });
    expect(readFileSync(notes(bench), 'utf8')).toBe('400\n');
    const own = workbench({ PROGRAMS_FROM: 'source', GOGC: '50' });
    await obtained(own, { build: build(own) });
    expect(readFileSync(notes(own), 'utf8')).toBe('50\n');
  });

  it('shows the fetched modules, then the compiled packages', async () => {
    const bench = onlySource();
    await obtained(bench, {
      list: `printf 'go: downloading a.example/a v1.0.0\\ngo: downloading a.example/b v1.0.0\\n' >&2; printf 'stale\\nstale\\nstale\\n'`,
      build: `printf 'a.example/a\\na.example/b\\nmain\\n' >&2; ${buildsPushgateway}`,
    });
    const shown = bench.progress.map(({ step, done, total }) => [step, done, total]);
    expect(shown).toEqual([
      ['modules', 0, undefined],
      ['modules', 1, undefined],
      ['modules', 2, undefined],
      ['building', 0, 3],
      ['building', 1, 3],
      ['building', 2, 3],
      ['building', 3, 3],
      ['ready', undefined, undefined],
    ]);
  });

  it('does not keep a program whose version is not the required version', async () => {
    const bench = onlySource();
    fakeGo(bench, { build: buildsPushgateway.replace('1.11.3', '0.0.0') });
    expect((await failureOf(bench)).what).toContain('its --version prints "pushgateway, version 0.0.0');
    expect(filesIn(join(bench.cacheDir, 'pushgateway'))).toEqual([]);
  });

  it('builds a copy of the module with the files of the overlay folder', async () => {
    const bench = onlySource();
    const published = join(bench.root, 'module-cache');
    mkdirSync(join(published, 'ui'), { recursive: true });
    writeFileSync(join(published, 'ui', 'web.go'), 'package ui');
    chmodSync(join(published, 'ui'), 0o555);
    const overlay = join(bench.root, 'bundles', 'pushgateway', 'overlay', 'ui', 'dist');
    mkdirSync(overlay, { recursive: true });
    writeFileSync(join(overlay, 'index.html'), 'the page');
    const kept = join(bench.root, 'kept');
    const { calls } = await obtained(bench, {
      list: `if [ "$2" = -m ]; then echo '${published}'; fi`,
      build: `/bin/cp -r source '${kept}'; ${buildsPushgateway}`,
    });
    chmodSync(join(published, 'ui'), 0o755);
    expect(filesIn(kept).filter((file) => file.includes('.'))).toEqual([
      'ui/dist/index.html',
      'ui/dist/index.html.br',
      'ui/dist/index.html.gz',
      'ui/web.go',
    ]);
    expect(gunzipSync(readFileSync(join(kept, 'ui/dist/index.html.gz'))).toString()).toBe('the page');
    expect(brotliDecompressSync(readFileSync(join(kept, 'ui/dist/index.html.br'))).toString()).toBe(
      'the page',
    );
    // `mod download` must run before `mod edit -replace`, because Go does not verify a replaced module.
    expect(callsOf(calls).slice(0, 4)).toEqual([
      'version',
      'mod download github.com/prometheus/pushgateway@v1.11.3',
      'list -m -f={{.Dir}} github.com/prometheus/pushgateway',
      'mod edit -replace=github.com/prometheus/pushgateway=./source',
    ]);
  });
});

describe('a failed build from source', () => {
  it('reports the required Go version if Go is missing', async () => {
    const bench = workbench();
    const { what, remedy } = await failureOf(bench);
    expect(what).toContain('PATH has no Go for the build');
    expect(remedy).toMatch(/Install Go 1\.25\.0 or newer .*network.*put pushgateway 1\.11 on PATH/);
    expect(bench.progress).toEqual([]);
  });

  it('suggests `path,release,source` if PROGRAMS_FROM is `source`', async () => {
    const { remedy } = await failureOf(onlySource());
    expect(remedy).toContain('PROGRAMS_FROM=path,release,source');
    expect(remedy).not.toMatch(/on PATH|network/);
  });

  it.each([
    ['go: go.mod requires go >= 1.25.0 (running go 1.22.2; GOTOOLCHAIN=local)'],
    ['go: download go1.25.0 for linux/amd64: toolchain not available'],
    ["go: errors parsing go.mod: go.mod:3: invalid go version '1.25.0': must match format 1.23"],
  ])('recommends a newer Go version after the Go error: %s', async (line) => {
    const bench = onlySource();
    fakeGo(bench, { list: `echo "${line}" >&2; exit 1` });
    const { what, remedy } = await failureOf(bench);
    expect(what).toContain('the Go on PATH is too old');
    expect(remedy).toContain('Install Go 1.25.0 or newer');
  });

  it('suggests a network connection if no module proxy can be reached', async () => {
    const bench = onlySource();
    fakeGo(bench, {
      list: 'echo "go: a.example/a@v1.0.0: dial tcp: lookup a.example: no such host" >&2; exit 1',
    });
    const { what, remedy } = await failureOf(bench);
    expect(what).toContain('are not on this machine and could not be fetched');
    expect(remedy).toContain('Connect to the network');
  });

  it('leaves no incomplete files if the disk is full', async () => {
    const bench = onlySource();
    fakeGo(bench, { build: 'echo half > "$out"; echo "write $out: no space left on device" >&2; exit 1' });
    const { what, remedy } = await failureOf(bench);
    expect(what).toContain('The disk is full');
    expect(remedy).toContain('Free some space');
    expect(filesIn(join(bench.cacheDir, 'scratch'))).toEqual([]);
    expect(filesIn(join(bench.cacheDir, 'pushgateway'))).toEqual([]);
  });

  it('reports the program, the end of the output and the remedy', async () => {
    const bench = onlySource();
    fakeGo(bench, { build: 'echo "# a.example/a" >&2; echo "a.go:1:1: syntax error" >&2; exit 1' });
    const { what, remedy } = await failureOf(bench);
    expect(what).toContain(
      'building pushgateway 1.11.3 from source failed:\n    # a.example/a\n    a.go:1:1: syntax error',
    );
    expect(remedy).toContain('allow more sources with PROGRAMS_FROM=path,release,source');
  });

  it('reports the path of the cache if the cache cannot be written', async () => {
    const bench = onlySource();
    fakeGo(bench, {});
    const cacheDir = join(bench.root, 'file', 'cache');
    writeFileSync(join(bench.root, 'file'), '');
    await expect(obtainPrograms({ ...bench.options, cacheDir })).rejects.toThrowError(cacheDir);
  });
});

describe('builds of two programs', () => {
  const nodeExporterOutput = 'node_exporter, version 1.12.1 (branch: HEAD, revision: 0)';

  it('run one after the other', async () => {
    const bench = onlySource();
    const options = { ...bench.options, names: ['pushgateway', 'node_exporter'] as const };
    const both = `case $out in *node_exporter) ${builds(nodeExporterOutput)} ;; *) ${buildsPushgateway} ;; esac`;
    const calls = fakeGo(bench, { build: both });
    await obtainPrograms(options);
    const built = callsOf(calls).filter((call) => call.startsWith('build '));
    expect(built.map((call) => call.split('/').at(-1))).toEqual(['pushgateway', 'node_exporter']);

    const failing = onlySource();
    const failingCalls = fakeGo(failing, { build: 'echo "a.go:1:1: syntax error" >&2; exit 1' });
    await expect(
      obtainPrograms({ ...options, ...failing.options, names: options.names }),
    ).rejects.toThrowError('syntax error');
    expect(callsOf(failingCalls).filter((call) => call.startsWith('build '))).toHaveLength(1);
  });
});

describe('two concurrent calls of obtainPrograms', () => {
  it('start two builds, and return the same cached file', async () => {
    const bench = onlySource();
    const met = join(bench.root, 'met');
    mkdirSync(met);
    const meets = `: > '${met}/'$$; i=0; while [ $(/bin/ls '${met}' | /usr/bin/wc -l) -lt 2 ] && [ $i -lt 200 ]; do /bin/sleep 0.05; i=$((i + 1)); done; [ $i -lt 200 ] || exit 4`;
    fakeGo(bench, { build: `${meets}; ${buildsPushgateway}` });
    const [first, second] = await Promise.all([obtainPrograms(bench.options), obtainPrograms(bench.options)]);
    expect(second).toEqual(first);
    expect(readFileSync(first.pushgateway.path, 'utf8')).toContain('1.11.3');
    expect(filesIn(join(bench.cacheDir, 'scratch'))).toEqual([]);
    expect(await obtainPrograms(bench.options)).toEqual(first);
  });
});

describe('an interrupted build', () => {
  it('ends Go with all its processes, and removes the scratch folder', async () => {
    const bench = onlySource();
    const started = join(bench.root, 'started');
    fakeGo(bench, {
      list: 'echo stale',
      build: `/bin/sleep 60 & echo $! > '${started}'; echo half > "$out"; echo a.example/a >&2; wait`,
    });
    const interruption = new AbortController();
    const onProgress = ({ done }: { done?: number }) => {
      if (done === 1) interruption.abort(new Error('SIGINT'));
    };
    const options = { ...bench.options, signal: interruption.signal, onProgress };
    await expect(obtainPrograms(options)).rejects.toMatchObject({
      name: 'ToolchainError',
      what: 'Interrupted while building pushgateway.',
      remedy: expect.stringContaining('Run the command again'),
    });
    expect(filesIn(join(bench.cacheDir, 'scratch'))).toEqual([]);
    expect(filesIn(join(bench.cacheDir, 'pushgateway'))).toEqual([]);
    const pid = Number(readFileSync(started, 'utf8'));
    await vi.waitUntil(() => !isRunning(pid), { timeout: 5_000 });
  });
});

describe('an interruption before a build from source', () => {
  it('prevents the start of the build', async () => {
    const bench = onlySource();
    const calls = fakeGo(bench, {});
    const options = { ...bench.options, signal: AbortSignal.abort() };
    await expect(obtainPrograms(options)).rejects.toThrowError(/Interrupted while obtaining pushgateway/);
    expect(readFileSync(calls, 'utf8')).toBe('');
  });
});

describe('the scratch folder of a killed build', () => {
  it('is deleted by a later build after one day', async () => {
    const bench = onlySource();
    const [left, inUse] = ['pushgateway.left', 'pushgateway.used'].map((name) =>
      join(bench.cacheDir, 'scratch', name),
    ) as [string, string];
    for (const folder of [left, inUse]) mkdirSync(folder, { recursive: true });
    const yesterday = new Date(Date.now() - 25 * 60 * 60_000);
    utimesSync(left, yesterday, yesterday);
    await obtained(bench, {});
    expect(existsSync(left)).toBe(false);
    expect(existsSync(inUse)).toBe(true);
  });
});

async function obtained(bench: Workbench, go: Parameters<typeof fakeGo>[1]) {
  const calls = fakeGo(bench, go);
  return { calls, programs: await obtainPrograms(bench.options) };
}
