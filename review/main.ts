import { Command, InvalidArgumentError, Option } from 'commander';
import { PlanError } from './plan/plan-error.ts';
import { readPlan } from './plan/read-plan.ts';
import { stackFile } from './plan/stack-file.ts';
import { exitCodes, type Policy, violations } from './policy.ts';
import { reports, reportTexts, writeReports } from './report/files.ts';
import { reviewPlans } from './review.ts';
import { rules, unknownDifference } from './rules/all-rules.ts';
import { type Tier, tiers } from './tier.ts';

type Format = keyof typeof reports;

const program = new Command('npm run plan:review --')
  .description(
    `Reviews plans of Terraform: the changes, their risks, and their impact on the pipeline. Exit codes: ${exitCodes.accepted} the review passed, ${exitCodes.failed} the review failed because of a finding (see --fail-on and --accept), ${exitCodes.unreadable} a plan cannot be reviewed. A wrong command line also exits with ${exitCodes.failed}.`,
  )
  .argument('<plans...>', 'output of `terraform show -json`: <stack>.json, or <stack>=<file>')
  .addOption(
    new Option('--format <format>', 'what to print').choices(Object.keys(reports)).default('markdown'),
  )
  .option(
    '--out <folder>',
    `also writes ${Object.values(reports)
      .map(({ file }) => file)
      .join(', ')} to this folder`,
  )
  .addOption(
    new Option('--fail-on <tier>', 'findings of the given tier or of a higher tier fail the review')
      .choices([...tiers.slice(1), 'never'])
      .default('dangerous'),
  )
  .option(
    '--accept <rule>',
    'findings of the given rule do not fail the review; example: retention-time-cut; you can repeat the option',
    ruleId,
    [],
  )
  .showHelpAfterError()
  .parse();

const { format, out, failOn, accept } = program.opts<{
  format: Format;
  out?: string;
  failOn: Tier | 'never';
  accept: string[];
}>();
const policy: Policy = { failOn: failOn === 'never' ? undefined : failOn, accept };

try {
  const review = reviewPlans(program.args.map(stackFile).map(readPlan));
  if (out !== undefined) writeReports(out, reportTexts(review, policy));
  process.stdout.write(reports[format].text(review, policy));
  process.exitCode = violations(review, policy).length > 0 ? exitCodes.failed : exitCodes.accepted;
} catch (error) {
  if (!(error instanceof PlanError)) throw error;
  console.error(error.message);
  process.exitCode = exitCodes.unreadable;
}

function ruleId(id: string, known: readonly string[]): string[] {
  if (![...rules, unknownDifference].some((rule) => rule.id === id)) {
    throw new InvalidArgumentError(
      'No rule has this name. The review report shows the name of the rule at each finding.',
    );
  }
  return [...known, id];
}
