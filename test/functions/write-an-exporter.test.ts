import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { followedCopy, stepsOf } from '../followed-page.ts';
import { mockUpstream } from './mock-upstream.ts';
import { obtainTimeoutMs, pathOf } from './programs.ts';

const root = join(import.meta.dirname, '../..');
/** This test starts other test runs. The suite must not count their results. */
const uncounted = { ...process.env, TEST_RESULTS: '' };
const page = readFileSync(join(root, 'docs/write-an-exporter.md'), 'utf8');

const steps = stepsOf(page);

const parts = [
  '.github',
  'bundling',
  'bench',
  'drill',
  'review',
  'compose',
  'delivery',
  'restore',
  'synthesis',
  'terraform',
  'config',
  'console',
  'dags',
  'dashboards',
  'demo',
  'docs',
  'examples',
  'functions',
  'metrics',
  'modules',
  'platforms',
  'rules',
  'scripts',
  'settings',
  'sources',
  'stacks',
  'test',
  'toolchain',
  'verify',
  'main.ts',
  'compose.yaml',
  'DEMO_SCRIPT.md',
  'README.md',
  '.dockerignore',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
];

const handWritten = [...new Set(steps.map(({ file }) => file))];

describe('the page "Write an exporter"', () => {
  it('lists at most 8 files that a developer writes by hand', () => {
    expect(handWritten.length).toBeLessThanOrEqual(8);
    const table = page.slice(page.indexOf('| step | file |'), page.indexOf('The project gives'));
    expect([...table.matchAll(/`([^`]+)`/g)].map(([, file]) => file).sort()).toEqual(handWritten.toSorted());
  });

  it(
    'describes an exporter that can be built, tested and scraped',
    async () => {
      await pathOf('promtool');
      const copy = followedCopy(parts, steps);
      const run = (program: string, args: readonly string[]) => {
        const { status, stdout, stderr } = spawnSync(program, args, {
          cwd: copy,
          env: uncounted,
          encoding: 'utf8',
        });
        // The compiler writes its errors to standard output.
        if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${stdout}${stderr}`);
        return stdout;
      };
      const evaluate = (code: string) =>
        run(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', code]);
      const bin = (name: string) => join(root, 'node_modules/.bin', name);

      run(bin('tsc'), ['--noEmit']);
      evaluate(generate);
      const variables = readFileSync(join(copy, 'docs/reference/functions.md'), 'utf8');
      expect(variables).toMatch(/^\| `EUR_REFRESH_SECONDS` \| .* \| `3600` \| Time from one refresh/m);
      run(bin('tsx'), ['functions/build.ts']);
      const cases = [
        'test/functions/eur-exporter',
        'test/rules/rules.test.ts',
        'test/rules/thresholds.test.ts',
        'test/metrics/runbooks.test.ts',
        'test/functions/image.test.ts',
        'test/stacks/listeners.test.ts',
        'test/stacks/functions.test.ts',
      ];
      const report = run(bin('vitest'), [
        'run',
        '--project',
        'unit',
        '--reporter=json',
        ...cases,
        '-t',
        testedTitles,
      ]);
      const { numPassedTests, numFailedTests } = JSON.parse(report) as Record<string, number>;
      expect(numFailedTests).toBe(0);
      expect(numPassedTests).toBeGreaterThan(8);

      expect(JSON.parse(evaluate(proof))).toEqual({
        component: true,
        composed: true,
        scraped: true,
        ruled: true,
        verified: true,
        deployed: ['Certificate', 'Deployment', 'NetworkPolicy', 'Service', 'ServiceMonitor'],
      });
      expect(await servedRate(copy)).toBe(true);
    },
    obtainTimeoutMs,
  );
});

const testedTitles =
  'exposes the rate|keeps the rate|EurRateStale|the images exist for each function|the list of listeners|run either as pods';

/** Writes the generated files except `docs/reference/commands.md`. That file takes long to generate. */
const generate = `
  import { readFileSync, writeFileSync } from 'node:fs';
  import { generatedFiles } from './scripts/generate/files.ts';
  for (const { file, text } of generatedFiles) {
    if (file !== 'docs/reference/commands.md') writeFileSync(file, await text(readFileSync(file, 'utf8')));
  }
`;

/** A script that prints where the project uses the new exporter, for example its scrape job. */
const proof = `
  import { App } from 'cdktf';
  import { readFileSync } from 'node:fs';
  import { components } from './demo/components/list.ts';
  import { parseSettings } from './demo/settings.ts';
  import { checkEnvironments } from './platforms/check-environments.ts';
  import { local } from './config/environments/index.ts';
  import { createStacks } from './stacks/create-stacks.ts';
  import { expectations } from './verify/cluster.ts';

  const all = components(parseSettings('.', []));
  const files = all.find(({ name }) => name === 'prometheus').files;
  const [environment] = checkEnvironments([local]);
  const app = new App({ outdir: 'out' });
  await createStacks(app, environment);
  app.synth();
  const text = readFileSync('out/stacks/local-workloads/cdk.tf.json', 'utf8');
  const { resource } = JSON.parse(text);
  const terraform = { deployment: 'Deployment', service: 'Service', network_policy: 'NetworkPolicy' };
  const deployed = Object.entries(terraform).flatMap(([type, kind]) =>
    Object.values(resource['kubernetes_' + type + '_v1']).some(({ metadata }) => /(^|-)eur-exporter$/.test(metadata.name))
      ? [kind]
      : [],
  );
  const manifests = text.replaceAll('\\\\', '');
  for (const [kind, name] of [['ServiceMonitor', 'eur-exporter'], ['Certificate', 'eur-exporter-tls']])
    if (manifests.includes('"kind":"' + kind + '","metadata":{"name":"' + name + '"')) deployed.push(kind);
  console.log(JSON.stringify({
    composed: readFileSync('compose.yaml', 'utf8').includes('\\n  eur-exporter:\\n'),
    component: all.some(({ name }) => name === 'eur-exporter'),
    scraped: files['config/prometheus/prometheus.yml'].includes('127.0.0.1:5003'),
    ruled: files['config/prometheus/rules.yml'].includes('EurRateStale'),
    verified: expectations(environment).centralJobs.includes('eur-exporter'),
    deployed: deployed.sort(),
  }));
`;

async function servedRate(copy: string): Promise<boolean> {
  const upstream = await mockUpstream(() => ({ body: '{"base":"EUR","rates":{"USD":1.0823}}' }));
  const server = spawn(process.execPath, [join(copy, 'dist/functions/eur-exporter/server.cjs')], {
    env: { PORT: '0', EUR_UPSTREAM_URL: upstream.url, EUR_REFRESH_SECONDS: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => {
    server.kill('SIGKILL');
  });
  const url = await new Promise<string>((resolve) => {
    let log = '';
    server.stderr.on('data', (chunk) => {
      log += chunk;
      const listening = /"url":"([^"]+)"/.exec(log)?.[1];
      if (listening) resolve(listening);
    });
  });
  const scrapeUntil = async (sample: string) => {
    for (let text = ''; ; ) {
      text = await (await fetch(`${url}/metrics`)).text();
      if (text.includes(`\n${sample}\n`)) return;
    }
  };
  await scrapeUntil('eur_usd_rate 1.0823');
  await upstream.close();
  await scrapeUntil('eur_usd_fetch_errors_total{reason="network"} 1');
  await scrapeUntil('eur_usd_rate 1.0823');
  return true;
}
