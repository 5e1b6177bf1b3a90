import { join } from 'node:path';
import { reviewPlans } from '../review/review.ts';
import type { Tier } from '../review/tier.ts';
import type { Stack } from '../synthesis/stack.ts';
import { synthesize } from '../synthesis/synthesize.ts';
import { CouldNotRun } from './could-not-run.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { isAccepted } from './policy/accept-labels.ts';
import { forgetVerdict, readVerdict, type Verdict, verdictText, writeReview } from './reports/verdict.ts';
import { withSavedPlans } from './terraform/saved-plans.ts';
import { Terraform } from './terraform/terraform.ts';

export interface DeployCommand {
  readonly project: string;
  readonly environment: string;
  /** Folder of the approved review; undefined without an approval. */
  readonly reviewed: string | undefined;
  readonly out: string;
  readonly failOn: Tier | undefined;
  /** Path of Terraform. @default `terraform` on the PATH */
  readonly terraform?: string;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
  readonly report: (sentence: string) => void;
}

/**
 * Applies exactly the reviewed plans.
 * @throws CouldNotRun, PlanError, SynthesisError
 */
export async function deployEnvironment(command: DeployCommand): Promise<ExitCode> {
  const { project, environment, out, failOn, reviewed, signal, print, report } = command;
  // A wrong folder in `reviewed` must fail at once, and not after minutes of planning.
  const approved = reviewed === undefined ? undefined : approvedVerdict(reviewed, environment);
  const outdir = join(project, 'cdktf.out');
  const all = await synthesize(project, outdir, signal);
  const stacks = all.filter((stack) => stack.environment === environment);
  if (stacks.length === 0) {
    const known = [...new Set(all.map((stack) => stack.environment))].join(', ');
    throw new CouldNotRun(`There is no environment ${environment}. The environments are ${known}.`);
  }
  forgetVerdict(join(out, environment));
  const terraform = new Terraform({ outdir, signal, program: command.terraform });
  const options = { isApplied: true, onProgress: report };
  return withSavedPlans(stacks, terraform, options, async ({ plans, files }) => {
    const review = reviewPlans(plans);
    const verdict = writeReview(join(out, environment), environment, review, { failOn, accept: [] });
    print(`${environment}: ${verdictText(verdict)} (digest ${verdict.digest})`);
    const refusal = refusalOf(verdict, { approved, failOn });
    if (refusal !== undefined) {
      report(`${refusal} Nothing was applied.`);
      return exitCodes.refused;
    }
    const changed = new Set(
      review.stacks.filter(({ changes }) => changes.length > 0).map(({ stack }) => stack),
    );
    await applyAll(stacks, { terraform, files, changed, report });
    print(`${environment}: every stack is applied.`);
    return exitCodes.done;
  });
}

function approvedVerdict(folder: string, environment: string): Verdict {
  const verdict = readVerdict(folder);
  if (verdict?.environment === environment) return verdict;
  throw new CouldNotRun(
    verdict
      ? `${folder} contains the review of ${verdict.environment}, expected the review of ${environment}. Pass the folder with the review of ${environment} to --reviewed.`
      : `${folder} contains no review of ${environment}. Write it first: npm run ci:plan -- ${environment}. Then pass the folder delivery-out/${environment} to --reviewed.`,
  );
}

function refusalOf(
  { environment, digest, tier }: Verdict,
  { approved, failOn }: { readonly approved: Verdict | undefined; readonly failOn: Tier | undefined },
): string | undefined {
  if (approved && approved.digest !== digest) {
    return `The plans of ${environment} are not the approved plans: their digest is ${digest}, and the approved digest is ${approved.digest}. Since the approval, somebody changed the environment or deployed another commit. Review the new plans, and approve them.`;
  }
  if (!isAccepted(tier, { failOn, labels: [] })) {
    return `The plans of ${environment} are ${tier}. The option --fail-on ${failOn} does not allow plans of this tier. Read docs/deliver.md#apply-an-irreversible-change.`;
  }
  return undefined;
}

interface Application {
  readonly terraform: Terraform;
  readonly files: ReadonlyMap<string, string>;
  readonly changed: ReadonlySet<string>;
  readonly report: (sentence: string) => void;
}

async function applyAll(stacks: readonly Stack[], application: Application): Promise<void> {
  const { terraform, files, changed, report } = application;
  const done: string[] = [];
  for (const [index, stack] of stacks.entries()) {
    // The apply of a plan without changes stores the refreshed values in the state.
    report(`${stack.name}: applies${changed.has(stack.name) ? '' : ' a plan without changes'}`);
    try {
      await terraform.run(stack, 'apply', ['-input=false', files.get(stack.name) ?? '']);
      done.push(stack.name);
    } catch (error) {
      if (!(error instanceof CouldNotRun)) throw error;
      const left = stacks.slice(index + 1).map(({ name }) => name);
      throw new CouldNotRun(
        [
          error.message,
          `Applied: ${done.join(', ') || 'no stack'}. Failed: ${stack.name} (some of its changes may be applied). Not applied: ${left.join(', ') || 'no stack'}.`,
          'Fix the cause, and deploy again: the next deployment applies the remaining changes. If you deploy with --reviewed, first run npm run ci:plan again and approve the new review, because the plans can now be different.',
        ].join('\n'),
      );
    }
  }
}
