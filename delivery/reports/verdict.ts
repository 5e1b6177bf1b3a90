import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Policy } from '../../review/policy.ts';
import { reports, reportTexts, writeReports } from '../../review/report/files.ts';
import type { Review } from '../../review/review.ts';
import { tiers } from '../../review/tier.ts';
import { CouldNotRun } from '../could-not-run.ts';
import { reviewDigest } from './digest.ts';

export const reportFiles = {
  markdown: reports.markdown.file,
  verdict: 'verdict.json',
} as const;

const verdictSchema = z.object({
  version: z.literal(1),
  environment: z.string().regex(/^[a-z][a-z0-9-]*$/),
  tier: z.enum(tiers),
  changes: z.number().int().nonnegative(),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
});

/** The result of a review. It contains no value of a plan. */
export type Verdict = z.infer<typeof verdictSchema>;

/** The verdict in one clause, such as `3 changes, dangerous`. */
export function verdictText({ changes, tier }: Verdict): string {
  return changes === 0 ? 'no changes' : `${changes} ${changes === 1 ? 'change' : 'changes'}, ${tier}`;
}

/** Deletes the verdict of the previous plan. If the next plan fails, the folder then has no verdict. */
export function forgetVerdict(folder: string): void {
  rmSync(join(folder, reportFiles.verdict), { force: true });
}

/**
 * Writes the reports and the verdict of a review.
 * @throws PlanError if the folder cannot be written
 */
export function writeReview(folder: string, environment: string, review: Review, policy: Policy): Verdict {
  const verdict: Verdict = {
    version: 1,
    environment,
    tier: review.tier,
    changes: review.stacks.reduce((sum, { changes }) => sum + changes.length, 0),
    digest: reviewDigest(review),
  };
  // The verdict is written after all other files. A folder with a verdict is therefore complete.
  writeReports(folder, {
    ...reportTexts(review, policy),
    [reportFiles.verdict]: `${JSON.stringify(verdict, undefined, 2)}\n`,
  });
  return verdict;
}

/**
 * @returns undefined if the folder has no verdict
 * @throws CouldNotRun if the file is not a verdict
 */
export function readVerdict(folder: string): Verdict | undefined {
  const file = join(folder, reportFiles.verdict);
  if (!existsSync(file)) return undefined;
  const { data } = verdictSchema.safeParse(parsed(readFileSync(file, 'utf8')));
  if (data) return data;
  throw new CouldNotRun(`${file} is not a verdict of npm run ci:plan. Run npm run ci:plan again.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
