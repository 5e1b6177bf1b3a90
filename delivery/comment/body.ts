import { table } from '../../review/report/escape.ts';
import { bodyLimit } from '../github/sticky.ts';
import { acceptingLabels, isAccepted, labelFor, type PullRequestPolicy } from '../policy/accept-labels.ts';
import type { Verdict } from '../reports/verdict.ts';
import { cutMarkdown } from './cut.ts';

export interface EnvironmentReview {
  readonly environment: string;
  /** Undefined if the environment could not be planned. */
  readonly verdict: Verdict | undefined;
  readonly report: string;
}

export interface CommentContent {
  readonly marker: string;
  readonly commit: string;
  readonly reviews: readonly EnvironmentReview[];
  readonly policy: PullRequestPolicy;
  readonly runUrl: string;
}

export type Outcome = 'no changes' | 'accepted' | 'refused' | 'not planned';

/** If one environment has no plan, the outcome is `not planned`, even if other plans are refused. */
export function outcomeOf(reviews: readonly EnvironmentReview[], policy: PullRequestPolicy): Outcome {
  if (reviews.some(({ verdict }) => verdict === undefined)) return 'not planned';
  const verdicts = reviews.flatMap(({ verdict }) => verdict ?? []);
  if (verdicts.some(({ tier }) => !isAccepted(tier, policy))) return 'refused';
  return verdicts.some(({ changes }) => changes > 0) ? 'accepted' : 'no changes';
}

/** Number of characters that `section` can add to a report. */
const reserve = 300;

/** Shortens long reports, because GitHub limits the length of a comment. */
export function commentBody(content: CommentContent): string {
  const { marker, commit, reviews, policy, runUrl } = content;
  const head = [
    marker,
    `${titleOf(commit)}${outcomeOf(reviews, policy)}`,
    ...sentences(content),
    ...(reviews.length > 0 ? [overview(reviews)] : []),
    `The complete reports are artifacts of [this run](${runUrl}).`,
  ].join('\n\n');
  const planned = reviews.filter(({ verdict }) => (verdict?.changes ?? 0) > 0);
  const room = Math.floor((bodyLimit - head.length) / Math.max(1, planned.length)) - reserve;
  return [head, ...planned.map((review) => section(review, room, runUrl))].join('\n\n');
}

const titleOf = (commit: string): string => `## Plans of ${commit.slice(0, 12)}: `;

export function showsPlans(
  comment: string,
  { commit, reviews }: Pick<CommentContent, 'commit' | 'reviews'>,
): boolean {
  // Security: only text before the first report is trusted. A pull request can put any text into a report.
  const [head = ''] = comment.split('\n\n### ');
  return head.includes(titleOf(commit)) && head.includes(overview(reviews));
}

function sentences({ reviews, policy }: CommentContent): readonly string[] {
  const failed = reviews.filter(({ verdict }) => verdict === undefined).map(({ environment }) => environment);
  const refused = reviews.flatMap(({ environment, verdict }) =>
    verdict && !isAccepted(verdict.tier, policy) ? [{ environment, tier: verdict.tier }] : [],
  );
  const labels = acceptingLabels(policy.labels);
  return [
    ...(reviews.length === 0
      ? [
          'This pull request changes no environment that CI can plan. CI cannot plan a deleted environment or an environment with a local state.',
        ]
      : []),
    ...failed.map((name) => `**${name} could not be planned.** The log of its job has the reason.`),
    ...refused.map(
      ({ environment, tier }) =>
        `**The plans of ${environment} are not accepted**, because their tier is ${tier}. Change the plans, or add the label \`${labelFor(tier)}\` to the pull request. A later push removes the label.`,
    ),
    ...(labels.length > 0
      ? [`Accepted by the label ${labels.map((label) => `\`${label}\``).join(', ')}.`]
      : []),
  ];
}

function overview(reviews: readonly EnvironmentReview[]): string {
  return table(
    ['environment', 'changes', 'tier', 'digest'],
    reviews.map(({ environment, verdict }) =>
      verdict
        ? [
            environment,
            String(verdict.changes),
            verdict.changes === 0 ? 'no changes' : verdict.tier,
            `\`${verdict.digest.slice(0, 12)}\``,
          ]
        : [environment, 'not known', 'not planned', ''],
    ),
  );
}

/** The comment on a pull request must not show `Failed`, because a label can accept the plan. */
const titleAndVerdict = /^# Plan review:.*\n\n\*\*(?:Passed|Failed):.*\n\n/;

function section({ environment, report }: EnvironmentReview, room: number, runUrl: string): string {
  const { text, isCut } = cutMarkdown(report.trim().replace(titleAndVerdict, ''), room);
  const rest = isCut
    ? [`The report of ${environment} continues in the artifacts of [this run](${runUrl}).`]
    : [];
  return [`### ${environment}`, ...(text === '' ? [] : [text.trim()]), ...rest].join('\n\n');
}
