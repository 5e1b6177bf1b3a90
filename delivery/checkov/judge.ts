import * as z from 'zod';
import { CouldNotRun } from '../could-not-run.ts';
import type { AcceptedCheck } from './accepted.ts';

const reportSchema = z.object({
  summary: z.object({ passed: z.number(), parsing_errors: z.number() }),
  results: z.object({
    failed_checks: z.array(
      z.object({ check_id: z.string(), check_name: z.string(), file_path: z.string(), resource: z.string() }),
    ),
  }),
});

export interface CheckovFinding {
  readonly check: string;
  readonly name: string;
  readonly stack: string;
  readonly resource: string;
}

export interface Judgement {
  readonly passed: number;
  readonly accepted: number;
  readonly refused: readonly CheckovFinding[];
  readonly unused: readonly AcceptedCheck[];
}

/**
 * @param json report of Checkov
 * @throws CouldNotRun if the report is damaged or incomplete
 */
export function judge(json: unknown, accepted: readonly AcceptedCheck[]): Judgement {
  const { data } = reportSchema.safeParse(Array.isArray(json) ? json[0] : json);
  if (!data) {
    throw new CouldNotRun(
      'The output of Checkov contains no report about Terraform JSON. Compare the output of `checkov --output json` with `reportSchema` in delivery/checkov/judge.ts.',
    );
  }
  const { passed, parsing_errors: errors } = data.summary;
  if (errors > 0) {
    throw new CouldNotRun(
      `Checkov could not parse ${errors} stacks, and did not check them. Correct delivery/checkov/stacks-for-checkov.ts, which writes the files for Checkov.`,
    );
  }
  const findings = data.results.failed_checks.map((failed) => ({
    check: failed.check_id,
    name: failed.check_name,
    stack: failed.file_path.split('/').find((part) => part !== '') ?? '',
    resource: failed.resource,
  }));
  const accepts = (entry: AcceptedCheck, { check, stack }: CheckovFinding) =>
    entry.check === check && (entry.stacks?.includes(stack) ?? true);
  const refused = findings.filter((finding) => !accepted.some((entry) => accepts(entry, finding)));
  return {
    passed,
    accepted: findings.length - refused.length,
    refused,
    unused: accepted.filter((entry) => !findings.some((finding) => accepts(entry, finding))),
  };
}
