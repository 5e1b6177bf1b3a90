import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CouldNotRun } from '../could-not-run.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { GitHubApi } from '../github/api.ts';
import { pullRequestOf, readPullRequestEvent } from '../github/event.ts';
import { markerOf, readComment, writeComment } from '../github/sticky.ts';
import { acceptingLabels } from '../policy/accept-labels.ts';
import { readVerdict, reportFiles } from '../reports/verdict.ts';
import { commentBody, type EnvironmentReview, type Outcome, outcomeOf, showsPlans } from './body.ts';

export interface CommentCommand {
  readonly reviews: string;
  readonly environments: readonly string[];
  /** JSON file with the event that started the workflow. */
  readonly event: string;
  readonly api: GitHubApi;
  readonly runUrl: string;
  readonly report: (sentence: string) => void;
}

const marker = markerOf('plan review');

const exitCodeOf: Readonly<Record<Outcome, ExitCode>> = {
  'no changes': exitCodes.done,
  accepted: exitCodes.done,
  refused: exitCodes.refused,
  'not planned': exitCodes.couldNotRun,
};

/**
 * Writes all reviews into one comment.
 * @throws CouldNotRun, for example after a newer commit
 */
export async function commentOnPlans(command: CommentCommand): Promise<ExitCode> {
  const { event, environments, api, runUrl, report } = command;
  const { number, commit } = readPullRequestEvent(event);
  const now = await api.repeat(async () =>
    pullRequestOf(
      await api.request('GET', `/pulls/${number}`),
      `The answer about the pull request ${number}`,
    ),
  );
  if (now.commit !== commit) {
    throw new CouldNotRun(
      `This run has planned ${commit}, but the newest commit of the pull request ${number} is ${now.commit}. This run therefore writes no comment. The run for ${now.commit} writes the comment.`,
    );
  }
  const reviews = environments.map((environment) => readReview(command.reviews, environment));
  const earlier = await api.repeat(() => readComment(api, number, marker));
  const isSeen = earlier !== undefined && showsPlans(earlier, { commit, reviews });
  const stale = isSeen ? [] : acceptingLabels(now.labels);
  for (const label of stale) {
    await api.repeat(() => removeLabel(api, number, label));
    report(
      `The label ${label} was removed, because no earlier comment shows the plans of this run. Read the comment of this run. To accept the plans, add the label again.`,
    );
  }
  const policy = {
    failOn: 'dangerous' as const,
    labels: now.labels.filter((label) => !stale.includes(label)),
  };
  const body = commentBody({ marker, commit, reviews, policy, runUrl });
  const written = await writeComment(api, number, marker, body, { create: environments.length > 0 });
  const outcome = outcomeOf(reviews, policy);
  report(`The comment on the pull request ${number} is ${written}. The plans: ${outcome}.`);
  return exitCodeOf[outcome];
}

function readReview(folder: string, environment: string): EnvironmentReview {
  const own = join(folder, environment);
  const file = join(own, reportFiles.markdown);
  const verdict = readVerdict(own);
  return { environment, verdict, report: verdict && existsSync(file) ? readFileSync(file, 'utf8') : '' };
}

async function removeLabel(api: GitHubApi, pullRequest: number, label: string): Promise<void> {
  const path = `/issues/${pullRequest}/labels`;
  const present = await api.list(path);
  if (!present.some((item) => (item as { name?: unknown }).name === label)) return;
  await api.request('DELETE', `${path}/${encodeURIComponent(label)}`);
}
