import * as z from 'zod';
import { cutMarkdown } from '../comment/cut.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { GitHubApi } from '../github/api.ts';
import { bodyLimit, isOwn, markerOf } from '../github/sticky.ts';
import type { DriftResult } from './results.ts';

const driftLabel = 'drift';

const issueSchema = z.object({ number: z.number().int() });

/** Maximum number of characters of the sentence with the link to the run. */
const reserve = 300;

export interface DriftIssuesCommand {
  readonly results: readonly DriftResult[];
  readonly api: GitHubApi;
  readonly runUrl: string;
  readonly report: (sentence: string) => void;
}

/**
 * Opens, updates or closes the drift issue of each environment.
 * @throws CouldNotRun
 */
export async function updateDriftIssues(command: DriftIssuesCommand): Promise<ExitCode> {
  const { results, api, report } = command;
  for (const result of results) {
    const done =
      result.outcome === 'not known' ? 'unchanged' : await api.repeat(() => update(result, command));
    report(`${result.environment}: ${result.outcome}. Its issue is ${done}.`);
  }
  const isKnown = results.every(({ outcome }) => outcome !== 'not known');
  return isKnown ? exitCodes.done : exitCodes.couldNotRun;
}

async function update(result: DriftResult, { api, runUrl }: DriftIssuesCommand): Promise<string> {
  const marker = markerOf(`drift of ${result.environment}`);
  const open = (await api.list(`/issues?state=open&labels=${driftLabel}`))
    .filter((item) => isOwn(item, marker))
    .map((item) => issueSchema.parse(item).number)
    .sort((one, other) => one - other);
  const [issue, ...others] = open;
  for (const number of others)
    await close(api, number, `The issue #${issue} reports the drift of the same environment.`);
  if (result.outcome === 'clean') {
    if (issue === undefined) return 'not needed';
    await close(api, issue, `[A later run](${runUrl}) found no drift.`);
    return `closed (#${issue})`;
  }
  const title = `Drift of ${result.environment}`;
  const body = bodyOf(marker, result, runUrl);
  if (issue === undefined) {
    await api.request('POST', '/issues', { title, body, labels: [driftLabel] });
    return 'created';
  }
  await api.request('PATCH', `/issues/${issue}`, { title, body });
  return `updated (#${issue})`;
}

/** Closes the issue first. Otherwise each run that cannot close the issue would add another comment. */
async function close(api: GitHubApi, issue: number, comment: string): Promise<void> {
  await api.request('PATCH', `/issues/${issue}`, { state: 'closed', state_reason: 'completed' });
  await api.request('POST', `/issues/${issue}/comments`, { body: comment });
}

function bodyOf(marker: string, { environment, report }: DriftResult, runUrl: string): string {
  const head = `${marker}\n\nThe environment ${environment} differs from its stacks ([run](${runUrl})). A run without drift closes this issue.`;
  const { text, isCut } = cutMarkdown(report.trim(), bodyLimit - head.length - reserve);
  const rest = isCut ? [`The report continues in the artifacts of [the run](${runUrl}).`] : [];
  return [head, ...(text === '' ? [] : [text.trim()]), ...rest].join('\n\n');
}
