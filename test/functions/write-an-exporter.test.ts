import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { standIn } from './stand-in.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/write-an-exporter.md'), 'utf8');

/** Code blocks of a language, with the file that the line before names. */
function blocks(language: string) {
  const pattern = new RegExp(`(?:^\`([^\`]+)\`:\\n\\n)?^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm');
  return [...page.matchAll(pattern)].map(([, file, code]) => ({ file, code: code ?? '' }));
}

/** A copy of what the functions are made of, in which the page is followed. */
function scratchCopy(): string {
  const copy = mkdtempSync(join(tmpdir(), 'exporter-'));
  onTestFinished(() => rmSync(copy, { recursive: true }));
  for (const part of ['functions', 'metrics', 'config/topology.ts', 'package.json', 'tsconfig.json']) {
    mkdirSync(dirname(join(copy, part)), { recursive: true });
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

function follow(copy: string): void {
  const [copying] = blocks('sh');
  execFileSync('sh', ['-e'], { cwd: copy, input: copying?.code });
  for (const { file, code } of blocks('ts')) {
    if (!file) throw new Error(`no file is named for: ${code}`);
    writeFileSync(join(copy, file), code);
  }
  const added = blocks('diff').flatMap(({ code }) => code.split('\n').filter((line) => line.startsWith('+')));
  const bundles = join(copy, 'functions/bundles.ts');
  const before = readFileSync(bundles, 'utf8');
  const last = "  'batch-pusher': 'batchPusher',\n";
  expect(before).toContain(last);
  writeFileSync(bundles, before.replace(last, `${last}${added.map((line) => line.slice(1)).join('\n')}\n`));
}

it('whoever does what the page says has an exporter that type-checks, builds and is scraped', async () => {
  const copy = scratchCopy();
  follow(copy);
  const npx = (...args: string[]) =>
    execFileSync(join(root, 'node_modules/.bin', args[0] ?? ''), args.slice(1), { cwd: copy });
  npx('tsc', '--noEmit');
  npx('tsx', 'functions/build.ts');

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
