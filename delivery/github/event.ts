import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { CouldNotRun } from '../could-not-run.ts';

const pullRequestSchema = z.object({
  number: z.number().int().positive(),
  head: z.object({ sha: z.string().regex(/^[0-9a-f]{40}$/) }),
  labels: z.array(z.object({ name: z.string() })),
});
const eventSchema = z.object({ pull_request: pullRequestSchema });

export interface PullRequest {
  readonly number: number;
  /** Newest commit of the pull request. */
  readonly commit: string;
  readonly labels: readonly string[];
}

export function pullRequestOf(json: unknown, source: string): PullRequest {
  const { data } = pullRequestSchema.safeParse(json);
  if (!data)
    throw new CouldNotRun(
      `${source} contains no pull request of GitHub. Check that GITHUB_API_URL is the URL of the GitHub API.`,
    );
  return { number: data.number, commit: data.head.sha, labels: data.labels.map(({ name }) => name) };
}

/**
 * @param file value of GITHUB_EVENT_PATH
 * @throws CouldNotRun if the file has no pull request
 */
export function readPullRequestEvent(file: string): PullRequest {
  const { data } = eventSchema.safeParse(parsed(file));
  if (!data) {
    throw new CouldNotRun(
      `${file} is not the event of a pull request. Run this command in a workflow that starts with \`on: pull_request\`.`,
    );
  }
  return pullRequestOf(data.pull_request, file);
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
