import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { parsePlan } from '../../review/plan/read-plan.ts';
import { jsonReport } from '../../review/report/json.ts';
import { markdownReport } from '../../review/report/markdown.ts';
import { sarifReport } from '../../review/report/sarif.ts';
import { reviewPlans } from '../../review/review.ts';
import { recordedText } from '../../test/review/recorded.ts';
import { atMost, figure, machine, median, spread } from '../figures.ts';

const root = join(import.meta.dirname, '../..');
const runs = 7;
const resources = 500;
const releases = 5;

export async function bench(): Promise<void> {
  console.log(`  ${machine()}`);
  const text = largePlan();
  const file = { stack: 'local-monitoring', path: 'plan.json' };
  figure(`plan with ${resources} changed resources`, `${(text.length / 1e6).toFixed(1)} MB`);
  const policy = { failOn: 'dangerous', accept: [] } as const;
  const inProcess: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const started = performance.now();
    const review = reviewPlans([parsePlan(text, file)]);
    for (const report of [markdownReport, jsonReport, sarifReport]) report(review, policy);
    inProcess.push(performance.now() - started);
  }
  figure(
    'read, rate and write the three reports',
    spread(inProcess, 'ms'),
    atMost(median(inProcess), 1000, ' ms'),
  );

  const folder = mkdtempSync(join(tmpdir(), 'bench-review-'));
  try {
    const path = join(folder, 'local-monitoring.json');
    writeFileSync(path, text);
    const commands: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const started = performance.now();
      await execa(process.execPath, ['--import', 'tsx', 'review/main.ts', '--fail-on', 'never', path], {
        cwd: root,
        timeout: 60_000,
      });
      commands.push(performance.now() - started);
    }
    figure('npm run plan:review, with the start of Node and tsx', spread(commands, 'ms'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function largePlan(): string {
  const [release] = JSON.parse(recordedText('retention-cut-10d-to-3d')).resource_changes.filter(isUpdate);
  const others = JSON.parse(recordedText('functions-image-tag')).resource_changes.filter(isUpdate);
  const copies = Array.from({ length: resources }, (_, index) => {
    const original = index < releases ? release : others[index % others.length];
    return { ...original, address: `${original.type}.copy${index}`, name: `copy${index}` };
  });
  return JSON.stringify({ format_version: '1.2', terraform_version: '1.11.4', resource_changes: copies });
}

function isUpdate({ change }: { readonly change: { readonly actions: readonly string[] } }): boolean {
  return change.actions.includes('update');
}
