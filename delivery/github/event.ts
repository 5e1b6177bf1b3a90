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
  /** The newest commit. */
  readonly commit: string;
  readonly labels: readonly string[];
}

/** @throws CouldNotRun if the JSON is not a pull request */
export function pullRequestOf(json: unknown, source: string): PullRequest {
  const { data } = pullRequestSchema.safeParse(json);
  if (!data) throw new CouldNotRun(`${source} does not contain a pull request.`);
  return { number: data.number, commit: data.head.sha, labels: data.labels.map(({ name }) => name) };
}

/**
 * Reads the pull request event that has started the workflow.
 * @param file value of GITHUB_EVENT_PATH
 * @throws CouldNotRun if the file contains no event of a pull request
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
