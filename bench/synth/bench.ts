import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { execa } from 'execa';
import { local } from '../../config/environments/index.ts';
import { checkEnvironments } from '../../platforms/check-environments.ts';
import type { EnvironmentValues } from '../../platforms/environment.ts';
import { createStacks } from '../../stacks/create-stacks.ts';
import { figure, spread } from '../figures.ts';

const root = join(import.meta.dirname, '../..');
const runs = 7;
const edgeCounts = [1, 50, 100, 200];

/** Synthesis as a deployment meets it: all environments, and what each further edge adds. */
export async function bench(): Promise<void> {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-synth-'));
  try {
    const measured: Usage[] = [];
    for (let run = 0; run < runs; run += 1) measured.push(await synthesizeAll(outdir));
    figure(
      'all environments, wall',
      spread(
        measured.map(({ wallMs }) => wallMs),
        'ms',
      ),
    );
    figure(
      'all environments, CPU',
      spread(
        measured.map(({ cpuMs }) => cpuMs),
        'ms',
      ),
    );
    figure(
      'all environments, peak resident memory',
      spread(
        measured.map(({ peakMb }) => peakMb),
        'MB',
      ),
    );

    const measuredEdges: { readonly count: number; readonly ms: number }[] = [];
    for (const count of edgeCounts) measuredEdges.push({ count, ms: await millisecondsFor(count, outdir) });
    const [first, ...rest] = measuredEdges;
    if (!first) return;
    for (const { count, ms } of rest) {
      const each = (ms - first.ms) / (count - first.count);
      figure(`each of ${count} edges`, `${each.toFixed(1)} ms CPU`);
    }
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

interface Usage {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

/** `npm run synth`, in a process of its own that reports what it used. */
async function synthesizeAll(outdir: string): Promise<Usage> {
  const report = `process.on('exit',()=>console.log(JSON.stringify(process.resourceUsage())))`;
  const started = performance.now();
  const { stdout } = await execa(
    process.execPath,
    ['--import', `data:text/javascript,${report}`, '--import', 'tsx', 'main.ts'],
    { cwd: root, env: { CDKTF_OUTDIR: outdir }, timeout: 120_000 },
  );
  const wallMs = performance.now() - started;
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(stdout) as NodeJS.ResourceUsage;
  return { wallMs, cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMb: maxRSS / 1024 };
}

/** CPU time of the best of some runs: the others, and the clock on the wall, measure the machine too. */
async function millisecondsFor(edges: number, outdir: string): Promise<number> {
  const [environment] = checkEnvironments([withEdges(edges)]);
  if (!environment) throw new Error('no environment');
  const times: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const before = process.cpuUsage();
    const app = new App({ stackTraces: false, outdir });
    await createStacks(app, environment);
    app.synth();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return Math.min(...times);
}

function withEdges(count: number): EnvironmentValues {
  const [edge] = local.edges;
  if (!edge) throw new Error('local has no edge to multiply');
  return {
    ...local,
    edges: Array.from({ length: count }, (_, index) => ({
      ...edge,
      name: `edge-${index}`,
      namespace: `edge-${index}`,
      labels: { cluster: `edge-${index}`, environment: 'demo' },
    })),
  };
}
