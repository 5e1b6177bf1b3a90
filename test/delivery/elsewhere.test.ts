import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/deliver-elsewhere.md'), 'utf8');

const pipelines = [...page.matchAll(/^```yaml\n# (\S+)\n([\s\S]*?)^```$/gm)].map(
  ([, file = '', text = '']) => ({
    file,
    text,
    pipeline: parse(text, { merge: true }),
  }),
);

interface GitLabJob {
  readonly stage: string;
  readonly script: readonly string[];
  readonly timeout: string;
  readonly rules: readonly { readonly if: string }[];
  readonly before_script?: readonly string[];
}

const [azureDevOps, gitLab] = pipelines.map(({ pipeline }) => pipeline);

describe('the page about Azure DevOps and GitLab', () => {
  it('has one pipeline for Azure DevOps and one for GitLab', () => {
    expect(pipelines.map(({ file }) => file)).toEqual(['azure-pipelines.yml', '.gitlab-ci.yml']);
  });

  it.each(pipelines)('has the correct command order in $file', ({ text }) => {
    const calls = [...text.matchAll(/\.ci\/run|npm run (?:--silent )?[\w:-]+(?: -- (?:dev|prod)\b)?/g)]
      .map(([call]) => call.replace(/^npm run (--silent )?/, ''))
      .filter((call) => !call.startsWith('ci:changed'));
    const order = [
      ...['.ci/run', 'sbom', 'licences', 'audit', 'secrets:scan', 'checkov', 'ci:plan'],
      ...['ci:deploy -- dev', 'ci:kubeconfig -- dev', 'verify -- dev', 'drill -- dev'],
      ...['ci:plan -- prod', 'ci:deploy -- prod', 'ci:kubeconfig -- prod', 'verify -- prod'],
    ];
    expect(calls.slice(0, order.length)).toEqual(order);
    expect(text).toMatch(/ci:deploy -- prod --reviewed \S*(approved-prod|delivery-out\/prod)/);
    expect(text).toContain('drill -- dev --safe --yes');
  });

  it('has a deadline for each Azure DevOps job', () => {
    const { stages } = azureDevOps as {
      stages: readonly { readonly jobs: readonly Readonly<Record<string, unknown>>[] }[];
    };
    const jobs = stages.flatMap((stage) => stage.jobs);
    expect(jobs).toHaveLength(5);
    for (const job of jobs) expect(job.timeoutInMinutes).toBeGreaterThan(0);
  });

  it('has a stage, a deadline and rules for each GitLab job', () => {
    const {
      stages,
      workflow: _,
      variables: _variables,
      ...rest
    } = gitLab as {
      stages: readonly string[];
      workflow: unknown;
      variables: unknown;
    };
    const jobs = Object.entries(rest as Readonly<Record<string, GitLabJob>>).filter(
      ([name]) => !name.startsWith('.'),
    );
    expect(jobs.map(([, { stage }]) => stage)).toEqual(stages);
    for (const [name, job] of jobs) {
      expect(job.timeout, name).toMatch(/^\d+ (minutes|hours?)$/);
      expect(job.rules.length, name).toBeGreaterThan(0);
      if (name !== 'gate') expect(job.before_script?.[0], name).toMatch(/^az login --identity/);
    }
  });
});
