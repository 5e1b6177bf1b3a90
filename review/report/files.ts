import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlanError } from '../plan/plan-error.ts';
import type { Policy } from '../policy.ts';
import type { Review } from '../review.ts';
import { jsonReport } from './json.ts';
import { markdownReport } from './markdown.ts';
import { sarifReport } from './sarif.ts';

export const reports = {
  markdown: { file: 'review.md', text: markdownReport },
  json: { file: 'review.json', text: jsonReport },
  sarif: { file: 'review.sarif', text: sarifReport },
} as const;

export const reportTexts = (review: Review, policy: Policy): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.values(reports).map(({ file, text }) => [file, text(review, policy)]));

/**
 * Writes texts to files of a folder, in the given order.
 * @throws PlanError if a file cannot be written
 */
export function writeReports(folder: string, texts: Readonly<Record<string, string>>): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const [file, text] of Object.entries(texts)) writeFileSync(join(folder, file), text);
  } catch (error) {
    const { code = 'an unknown error' } = error as NodeJS.ErrnoException;
    throw new PlanError(
      `${folder}: the reports cannot be written (${code}). Name a folder that you may write to.`,
    );
  }
}
