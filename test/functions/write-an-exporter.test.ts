import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { obtainTimeoutMs, pathOf } from './programs.ts';
import { standIn } from './stand-in.ts';

const root = join(import.meta.dirname, '../..');
/** Runs within this one are no runs of the gate: their figures are not counted, their reports go to standard output. */
const uncounted = { ...process.env, TEST_RESULTS: '' };
const page = readFileSync(join(root, 'docs/write-an-exporter.md'), 'utf8');

interface Block {
  readonly language: string;
  readonly code: string;
  /** The file that was named last before it. */
  readonly file: string | undefined;
}

/** The page's blocks of code, in their order. */
function blocks(): readonly Block[] {
  let file: string | undefined;
  return [...page.matchAll(/^`([^`\n]+)`:$|^(`{3,4})(\w+)\n([\s\S]*?)^\2$/gm)].flatMap(
    ([, named, , language, code]) => {
      if (named) file = named;
      return language && code !== undefined ? [{ language, code, file }] : [];
    },
  );
}

/** What the steps touch, and what that is checked with. */
const parts = [
  'config',
  'dashboards',
  'bundling',
  'demo',
  'docs/runbooks',
  'functions',
  'metrics',
  'modules',
  'platforms',
  'settings',
  'test/dashboards',
  'test/functions/stand-in.ts',
  'test/live',
  'test/metrics',
  'toolchain',
  'verify',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
];

/** A copy of the repository in which the page is followed. */
function scratchCopy(): string {
  const copy = mkdtempSync(join(tmpdir(), 'exporter-'));
  onTestFinished(() => rmSync(copy, { recursive: true }));
  for (const part of parts) {
    mkdirSync(dirname(join(copy, part)), { recursive: true });
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

function follow(copy: string): void {
  const [copying] = blocks().filter(({ language }) => language === 'sh');
  execFileSync('sh', ['-e'], { cwd: copy, input: copying?.code });
  for (const { language, code, file } of blocks()) {
    if (!file) continue;
    const path = join(copy, file);
    if (language === 'ts' || language === 'markdown') {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, code);
    } else if (language === 'diff') writeFileSync(path, patched(readFileSync(path, 'utf8'), code));
  }
}

/** The text with the added lines of a diff in their place, of which there must be one. */
function patched(text: string, diff: string): string {
  const lines = diff.split('\n').slice(0, -1);
  const without = (kept: readonly string[]) => kept.map((line) => `${line.slice(1)}\n`).join('');
  const before = without(lines.filter((line) => !line.startsWith('+')));
  expect(text.split(before)).toHaveLength(2);
  return text.replace(before, () => without(lines));
}

it('whoever does what the page says has an exporter that type-checks, is built, tested and scraped', async () => {
  const copy = scratchCopy();
  follow(copy);
  const npx = (...args: string[]) =>
    execFileSync(join(root, 'node_modules/.bin', args[0] ?? ''), args.slice(1), {
      cwd: copy,
      env: uncounted,
    });
  npx('tsc', '--noEmit');
  npx('tsx', 'functions/build.ts');
  npx('vitest', 'run', '--project', 'unit', 'test/functions/eur-exporter');

  const upstream = await standIn(() => ({ body: '{"base":"EUR","rates":{"USD":1.0823}}' }));
  const server = spawn(process.execPath, [join(copy, 'dist/functions/eur-exporter/server.cjs')], {
    env: { PORT: '0', EUR_UPSTREAM_URL: upstream.url, EUR_REFRESH_SECONDS: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => {
    server.kill('SIGKILL');
  });
  const url = await new Promise<string>((resolve) => {
    let said = '';
    server.stderr.on('data', (chunk) => {
      said += chunk;
      const listening = /"url":"([^"]+)"/.exec(said)?.[1];
      if (listening) resolve(listening);
    });
  });
  const scrapeUntil = async (sample: string) => {
    for (let text = ''; ; ) {
      text = await (await fetch(`${url}/metrics`)).text();
      if (text.includes(`\n${sample}\n`)) return text;
    }
  };
  const text = await scrapeUntil('eur_usd_rate 1.0823');
  expect(text).toMatch(/\neur_usd_last_update_timestamp_seconds \d{10}/);
  expect(text).toContain('eur_usd_fetch_errors_total{reason="network"} 0');
  await upstream.close();
  await scrapeUntil('eur_usd_fetch_errors_total{reason="network"} 1');
  await scrapeUntil('eur_usd_rate 1.0823');
}, 60_000);

it(
  'whoever goes on to its end has it on the laptop, with an alert that fires and a runbook',
  async () => {
    await pathOf('promtool');
    const copy = scratchCopy();
    follow(copy);
    const said = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', proof], {
      cwd: copy,
      encoding: 'utf8',
    });
    expect(JSON.parse(said)).toEqual({ component: true, scraped: true, ruled: true });
    const vitest = join(root, 'node_modules/.bin/vitest');
    const cases = ['test/metrics/rules/rules.test.ts', 'test/metrics/runbooks.test.ts', '-t', 'EurRateStale'];
    const report = execFileSync(vitest, ['run', '--project', 'unit', '--reporter=json', ...cases], {
      cwd: copy,
      env: uncounted,
      encoding: 'utf8',
    });
    const { numPassedTests, numFailedTests } = JSON.parse(report) as Record<string, number>;
    expect(numFailedTests).toBe(0);
    expect(numPassedTests).toBeGreaterThan(3);
  },
  obtainTimeoutMs,
);

/** Run in the copy: whether the pipeline would start the exporter, scrape it and look at its age. */
const proof = `
  import { components } from './demo/components/list.ts';
  import { parseSettings } from './demo/settings.ts';
  const all = components(parseSettings('.', []));
  const files = all.find(({ name }) => name === 'prometheus').files;
  console.log(JSON.stringify({
    component: all.some(({ name }) => name === 'eur-exporter'),
    scraped: files['config/prometheus/prometheus.yml'].includes('127.0.0.1:5003'),
    ruled: files['config/prometheus/rules.yml'].includes('EurRateStale'),
  }));
`;
