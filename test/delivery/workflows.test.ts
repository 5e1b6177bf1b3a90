import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as environments from '../../config/environments/index.ts';
import { goldenStacks } from './golden-stacks.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };

interface Step {
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly uses?: string;
  readonly steps?: readonly Step[];
  readonly environment?: string | { readonly name: string };
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly strategy?: { readonly matrix: Readonly<Record<string, unknown>> };
  readonly if?: string;
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const workflows = readdirSync(join(root, '.github/workflows')).map((file) => ({
  file,
  text: read(`.github/workflows/${file}`),
  workflow: parse(read(`.github/workflows/${file}`), { merge: true }) as Workflow,
}));
const actions = readdirSync(join(root, '.github/actions')).map((name) => {
  const text = read(`.github/actions/${name}/action.yml`);
  return { file: name, text, steps: parse(text).runs.steps as readonly Step[] };
});
const jobs = workflows.flatMap(({ file, workflow }) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ title: `${file} ${name}`, file, name, job })),
);
const job = (title: string): Job => {
  const found = jobs.find((each) => each.title === title);
  if (!found) throw new Error(`there is no job ${title}`);
  return found.job;
};
const steps = [
  ...jobs.flatMap(({ title, job: { steps: list = [] } }) => list.map((step) => ({ title, step }))),
  ...actions.flatMap(({ file, steps: list }) => list.map((step) => ({ title: file, step }))),
];

describe('a workflow', () => {
  it.each(workflows)(
    '$file has no default permissions, no pull_request_target and no workflow_run',
    ({ workflow }) => {
      expect(workflow.permissions).toEqual({});
      expect(workflow.on).not.toHaveProperty('pull_request_target');
      expect(workflow.on).not.toHaveProperty('workflow_run');
    },
  );

  it('pins every action to a commit, with the version in a comment', () => {
    for (const { text } of [...workflows, ...actions]) {
      for (const [line, action] of text.matchAll(/^.*\buses: (\S+).*$/gm)) {
        if (action?.startsWith('./')) continue;
        expect(line).toMatch(/uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
      }
    }
  });

  it('uses only one version of each action', () => {
    const pins = [...workflows, ...actions].flatMap(({ text }) =>
      [...text.matchAll(/uses: (\S+)@([0-9a-f]{40}) # (\S+)/g)].map(([, name, commit, version]) => ({
        name,
        commit,
        version,
      })),
    );
    const commits = new Map<string, Set<string>>();
    for (const { name, commit = '', version } of pins)
      commits.set(`${name}`, (commits.get(`${name}`) ?? new Set()).add(`${commit} ${version}`));
    expect([...commits].filter(([, found]) => found.size > 1)).toEqual([]);
  });

  it('puts no GitHub Actions expression into a script', () => {
    for (const { title, step } of steps) expect(step.run ?? '', title).not.toContain('${{');
  });

  it('stores no token in a checkout', () => {
    for (const { title, step } of steps)
      if (step.uses?.startsWith('actions/checkout@'))
        expect(step.with, title).toMatchObject({ 'persist-credentials': false });
  });

  it('runs only commands that package.json contains', () => {
    const named = steps.flatMap(({ title, step }) =>
      [...(step.run ?? '').matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)].map(([, name = '']) => ({
        title,
        name,
      })),
    );
    const commands = job('nightly.yml nightly').strategy?.matrix.command as readonly string[];
    const all = [...named, ...commands.map((name) => ({ title: 'nightly.yml', name }))];
    expect(all.length).toBeGreaterThan(15);
    expect(all.filter(({ name }) => !(name in scripts))).toEqual([]);
  });
});

describe('a workflow job', () => {
  it.each(jobs)('$title has its own permissions, and a deadline if the job has steps', ({ job: own }) => {
    expect(own.permissions).toBeDefined();
    if (own.uses === undefined) expect(own['timeout-minutes']).toBeGreaterThan(0);
  });

  it('has only the write permissions that this test lists', () => {
    const writes = jobs.flatMap(({ title, job: { permissions = {} } }) =>
      Object.entries(permissions).flatMap(([what, right]) =>
        right === 'write' ? [`${title}: ${what}`] : [],
      ),
    );
    expect(writes.sort()).toEqual([
      'deliver.yml dev: id-token',
      'deliver.yml plan-prod: id-token',
      'deliver.yml prod: id-token',
      'images.yml publish: id-token',
      'nightly.yml drift-issues: issues',
      'nightly.yml drift: id-token',
      'pull-request.yml plan: id-token',
      'pull-request.yml review: pull-requests',
    ]);
  });

  it('that may request an identity token runs in a GitHub environment', () => {
    for (const { title, job: own } of jobs)
      if (own.permissions?.['id-token'] === 'write') expect(own.environment, title).toBeDefined();
  });

  it('that only creates Terraform plans uses a GitHub environment with the prefix plan-', () => {
    const nameOf = ({ environment }: Job) =>
      typeof environment === 'string' ? environment : environment?.name;
    for (const title of ['pull-request.yml plan', 'deliver.yml plan-prod', 'nightly.yml drift'])
      expect(nameOf(job(title))).toMatch(/^plan-/);
    expect(nameOf(job('deliver.yml dev'))).toBe('dev');
    expect(nameOf(job('deliver.yml prod'))).toBe('prod');
  });

  it.each(['dev', 'prod'])('that deploys %s is not interrupted by a later run', (name) => {
    expect(job(`deliver.yml ${name}`).concurrency).toEqual({
      group: `environment-${name}`,
      'cancel-in-progress': false,
    });
  });

  it('that creates Terraform plans does not run for a pull request from a fork', () => {
    expect(job('pull-request.yml plan').if).toContain(
      'github.event.pull_request.head.repo.full_name == github.repository',
    );
  });

  it('that reviews Terraform plans fails if a pull request from a fork changes an environment', () => {
    // The job must fail and not be skipped, because GitHub counts a skipped job as passed.
    const { if: condition, steps: [refusal] = [] } = job('pull-request.yml review');
    expect(condition).not.toContain('head.repo');
    expect(refusal?.if).toBe(
      "github.event.pull_request.head.repo.full_name != github.repository && needs.stacks.outputs.environments != '[]'",
    );
    expect(refusal?.run).toMatch(/^exit 1$/m);
  });

  it('that writes a comment to a pull request runs the code of the base branch', () => {
    const checkout = job('pull-request.yml review').steps?.find(({ uses }) =>
      uses?.startsWith('actions/checkout@'),
    );
    expect(checkout?.with).toMatchObject({
      ref: expect.stringContaining('github.event.pull_request.base.sha'),
    });
  });
});

describe('the GitHub workflows', () => {
  it('review a pull request again when its labels change', () => {
    const { workflow } = workflows.find(({ file }) => file === 'pull-request.yml') as { workflow: Workflow };
    expect(workflow.on.pull_request).toEqual({
      types: ['opened', 'reopened', 'synchronize', 'labeled', 'unlabeled'],
    });
  });

  it('deploy prod only after the deployment of dev and an approved review', () => {
    const needs = (name: string) => (job(`deliver.yml ${name}`) as { needs?: string }).needs;
    expect(['prod', 'plan-prod', 'dev'].map(needs)).toEqual(['plan-prod', 'dev', 'gate']);
    const runs = job('deliver.yml prod').steps?.map(({ run = '' }) => run);
    expect(runs).toContainEqual(expect.stringContaining('ci:deploy -- prod --reviewed approved'));
  });

  it('set every secret variable in the jobs for deployment and drift', () => {
    const secretsOf = (environment: string) =>
      goldenStacks()
        .filter(({ name }) => name.startsWith(`${environment}-`))
        .flatMap(({ json }) => Object.keys(json.variable ?? {}).map((secret) => `TF_VAR_${secret}`));
    const passed = (title: string) => (job(title).steps ?? []).flatMap(({ env = {} }) => Object.keys(env));
    expect(secretsOf('prod').length).toBeGreaterThan(0);
    for (const environment of ['dev', 'prod']) {
      expect(passed(`deliver.yml ${environment}`)).toEqual(expect.arrayContaining(secretsOf(environment)));
      expect(passed('nightly.yml drift')).toEqual(expect.arrayContaining(secretsOf(environment)));
    }
  });

  it.each(['pull-request.yml plan', 'deliver.yml plan-prod'])(
    'pass no secret variable to the job %s, because ci:plan uses placeholders',
    (title) => {
      const { steps: own = [] } = job(title);
      const planning = own.filter(({ run = '' }) => /\bterraform\b|npm run /.test(run));
      expect(planning.map(({ run }) => run)).toEqual([expect.stringMatching(/^npm run ci:plan -- /)]);
      const variables = own.flatMap(({ env = {} }) => Object.keys(env));
      expect(variables.filter((name) => name.startsWith('TF_VAR_'))).toEqual([]);
      expect(JSON.stringify(own)).not.toContain('secrets.');
    },
  );

  it('search for drift in every environment with a remote Terraform state', () => {
    const remote = Object.values(environments).filter(({ state }) => state.kind !== 'local');
    expect(job('nightly.yml drift').strategy?.matrix).toEqual({
      environment: remote.map(({ name }) => name),
    });
  });

  it('upload no Terraform plan as an artifact', () => {
    const uploads = steps.filter(({ step }) => step.uses?.startsWith('actions/upload-artifact@'));
    expect(uploads.map(({ step }) => step.with?.path).sort()).toEqual([
      'delivery-out/',
      'delivery-out/prod/',
      'dist/sbom/',
      'drift-results/',
      'drill.xml',
    ]);
  });
});
