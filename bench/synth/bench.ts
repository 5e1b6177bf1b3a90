import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { execa } from 'execa';
import { local } from '../../config/environments/index.ts';
import { checkEnvironments } from '../../platforms/check-environments.ts';
import type { EnvironmentValues } from '../../platforms/environment.ts';
import { createStacks } from '../../stacks/create-stacks.ts';
import { atMost, figure, machine, median, spread } from '../figures.ts';

const root = join(import.meta.dirname, '../..');
const runs = 7;
const edgeCounts = [1, 50, 100, 200];

const programs = {
  'npm run synth': ['scripts/synth.mjs'],
  'without the bundle': ['--import', 'tsx', 'main.ts'],
} as const;
type Program = keyof typeof programs;

/** Measures a synthesis of all environments, and the CPU time of each additional edge cluster. */
export async function bench(): Promise<void> {
  console.log(`  ${machine()}`);
  const outdir = mkdtempSync(join(tmpdir(), 'bench-synth-'));
  try {
    const first = await synthesizeAll('npm run synth', outdir);
    figure('first npm run synth, which may make the bundle', `${first.wallMs.toFixed(0)} ms`);
    const usages: Record<Program, Usage[]> = { 'npm run synth': [], 'without the bundle': [] };
    for (let run = 0; run < runs; run += 1) {
      for (const program of Object.keys(programs) as Program[])
        usages[program].push(await synthesizeAll(program, outdir));
    }
    report('npm run synth', usages['npm run synth'], { wallMs: 1500, peakMb: 300 });
    report('without the bundle', usages['without the bundle']);

    const costs: { readonly count: number; readonly ms: number }[] = [];
    for (const count of edgeCounts) costs.push({ count, ms: await millisecondsFor(count, outdir) });
    const [one, ...more] = costs;
    if (!one) return;
    for (const { count, ms } of more) {
      const each = (ms - one.ms) / (count - one.count);
      figure(`each of ${count} edges`, `${each.toFixed(1)} ms CPU`, atMost(each, 20, ' ms'));
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

function report(program: Program, usages: readonly Usage[], limits?: Pick<Usage, 'wallMs' | 'peakMb'>): void {
  const line = (what: string, key: keyof Usage, unit: string, limit?: number) => {
    const values = usages.map((usage) => usage[key]);
    const wanted = limit === undefined ? undefined : atMost(median(values), limit, ` ${unit}`);
    figure(`${program}, ${what}`, spread(values, unit), wanted);
  };
  line('wall', 'wallMs', 'ms', limits?.wallMs);
  line('CPU', 'cpuMs', 'ms');
  line('peak resident memory', 'peakMb', 'MB', limits?.peakMb);
}

async function synthesizeAll(program: Program, outdir: string): Promise<Usage> {
  const exitReport = `process.on('exit',()=>console.log(JSON.stringify(process.resourceUsage())))`;
  const started = performance.now();
  const { stdout } = await execa(
    process.execPath,
    ['--import', `data:text/javascript,${exitReport}`, ...programs[program]],
    { cwd: root, env: { CDKTF_OUTDIR: outdir }, timeout: 120_000 },
  );
  const wallMs = performance.now() - started;
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(stdout) as NodeJS.ResourceUsage;
  return { wallMs, cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMb: maxRSS / 1024 };
}

/** The lowest CPU time of three runs, because other work on the machine only makes a run slower. */
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
  if (!edge)
    throw new Error(
      'The bench copies an edge of the environment `local`, but this environment has no edge. Add an edge to config/environments/local.ts.',
    );
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
