import { join } from 'node:path';
import { type Review, reviewPlans } from '../review/review.ts';
import type { Tier } from '../review/tier.ts';
import type { Stack } from '../synthesis/stack.ts';
import { synthesize } from '../synthesis/synthesize.ts';
import { CouldNotRun } from './could-not-run.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { isAccepted, labelFor } from './policy/accept-labels.ts';
import { forgetVerdict, verdictText, writeReview } from './reports/verdict.ts';
import { changesSince } from './stacks/changes-since.ts';
import { withSavedPlans } from './terraform/saved-plans.ts';
import { Terraform } from './terraform/terraform.ts';

export interface PlanCommand {
  readonly project: string;
  /** Names of the environments. An empty list means all environments that differ from `base`. */
  readonly environments: readonly string[];
  readonly base: string | undefined;
  readonly out: string;
  /** Plans of this tier and of higher tiers need a label. Undefined: no plan needs a label. */
  readonly failOn: Tier | undefined;
  readonly labels: readonly string[];
  /** Path of Terraform. @default `terraform` on the PATH */
  readonly terraform?: string;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
  readonly report: (sentence: string) => void;
}

/**
 * Plans environments, and writes their reviews.
 * @throws CouldNotRun, PlanError, SynthesisError
 */
export async function planEnvironments(command: PlanCommand): Promise<ExitCode> {
  const { environments, stacks } = await chosen(command);
  if (environments.length === 0) {
    command.print(`No stack with a remote state differs from ${command.base}. There is nothing to plan.`);
    return exitCodes.done;
  }
  const terraform = new Terraform({
    outdir: outdirOf(command),
    signal: command.signal,
    program: command.terraform,
  });
  const failed: string[] = [];
  for (const environment of environments) {
    const own = stacks.filter((stack) => stack.environment === environment);
    forgetVerdict(join(command.out, environment));
    const options = { isApplied: false, onProgress: command.report };
    const review = await withSavedPlans(own, terraform, options, async ({ plans }) => reviewPlans(plans));
    if (!accept(command, environment, review)) failed.push(environment);
  }
  if (failed.length > 0) command.report(`The pull-request policy refuses the plans of ${failed.join(', ')}.`);
  return failed.length > 0 ? exitCodes.refused : exitCodes.done;
}

/** Writes the reports of an environment. @returns whether the policy accepts the plans */
function accept(command: PlanCommand, environment: string, review: Review): boolean {
  const { out, failOn, labels, print, report } = command;
  const folder = join(out, environment);
  const verdict = writeReview(folder, environment, review, { failOn, accept: [] });
  print(`${environment}: ${verdictText(verdict)} (reports in ${folder}, digest ${verdict.digest})`);
  if (isAccepted(review.tier, { failOn, labels })) return true;
  report(
    `${environment}: the tier of the plans is ${review.tier}. Change the plans, or add the label ${labelFor(review.tier)}.`,
  );
  return false;
}

const outdirOf = ({ project }: PlanCommand) => join(project, 'cdktf.out');

async function chosen(
  command: PlanCommand,
): Promise<{ readonly environments: readonly string[]; readonly stacks: readonly Stack[] }> {
  const { project, environments, base, signal, report } = command;
  if (environments.length === 0) {
    if (base === undefined) {
      throw new CouldNotRun(
        'The command line contains no environment. Add one or more environments, such as dev, or a commit with --base.',
      );
    }
    return changesSince({ project, base, signal, report });
  }
  const stacks = await synthesize(project, outdirOf(command), signal);
  const known = [...new Set(stacks.map(({ environment }) => environment))];
  const unknown = environments.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new CouldNotRun(
      `There is no environment ${unknown.join(', ')}. The environments are ${known.join(', ')}.`,
    );
  }
  return { environments, stacks };
}
