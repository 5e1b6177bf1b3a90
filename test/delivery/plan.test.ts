import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { deployEnvironment } from '../../delivery/deploy-environment.ts';
import { planEnvironments } from '../../delivery/plan-environments.ts';
import { acceptLabels, isAccepted, labelFor } from '../../delivery/policy/accept-labels.ts';
import type { Tier } from '../../review/tier.ts';
import { draftChange, planText } from '../review/draft-plan.ts';
import { recordedText } from '../review/recorded.ts';
import { temporaryFolder } from '../review/temporary-folder.ts';
import { type MockTerraform, mockTerraform, remote, smallProject } from './project.ts';

const unchanged = recordedText('no-changes-local-workloads');
const dangerous = recordedText('edge-removed-monitoring');
const irreversible = recordedText('nats-replicas-1-to-3');

const secret = { ...remote, variable: { token: { ephemeral: true, sensitive: true } } };
const project = () => smallProject({ 'dev-a': secret, 'dev-b': secret, 'prod-a': remote });
const plansOf = (a: string, b: string) => ({ 'dev-a': a, 'dev-b': b, 'prod-a': unchanged });

function texts() {
  const printed: string[] = [];
  const reported: string[] = [];
  return {
    printed,
    reported,
    print: (line: string) => printed.push(line),
    report: (line: string) => reported.push(line),
  };
}

const signal = new AbortController().signal;
const base = { base: undefined, failOn: 'dangerous', labels: [], signal } as const;

interface PlanOptions {
  readonly labels?: readonly string[];
  readonly environments?: readonly string[];
  readonly out?: string;
}

async function plan(terraform: MockTerraform, { out = temporaryFolder(), ...options }: PlanOptions = {}) {
  const { printed, reported, print, report } = texts();
  const command = { ...base, project: project(), environments: ['dev'], out, terraform: terraform.program };
  const exitCode = await planEnvironments({ ...command, ...options, print, report });
  return { exitCode, out, printed, reported };
}

const leftPlans = () => readdirSync(tmpdir()).filter((name) => name.startsWith('plans-'));

describe('npm run ci:plan', { timeout: 60_000 }, () => {
  it('plans every stack of an environment, and writes one review', async () => {
    const before = leftPlans();
    const terraform = mockTerraform(plansOf(unchanged, dangerous));
    const { exitCode, out, printed, reported } = await plan(terraform);
    expect(terraform.calls()).toEqual([
      'plan dev-a -input=false token=not-known-to-this-plan mode=700',
      'plan dev-b -input=false token=not-known-to-this-plan mode=700',
    ]);
    expect(readdirSync(join(out, 'dev')).sort()).toEqual([
      'review.json',
      'review.md',
      'review.sarif',
      'verdict.json',
    ]);
    expect(readFileSync(join(out, 'dev/review.md'), 'utf8')).toContain(
      '| dev-b | 0 | 2 | 0 | 0 | dangerous |',
    );
    expect(printed[0]).toMatch(/^dev: 2 changes, dangerous \(reports in .*dev, digest [0-9a-f]{64}\)$/);
    expect(reported).toContain(
      'dev: the tier of the plans is dangerous. Change the plans, or add the label plan:accept-dangerous.',
    );
    expect(exitCode).toBe(1);
    // Plan files contain secrets. Therefore the command must delete every plan file before it ends.
    expect(leftPlans()).toEqual(before);
  });

  it('accepts dangerous changes with the label plan:accept-dangerous', async () => {
    const { exitCode } = await plan(mockTerraform(plansOf(dangerous, unchanged)), {
      labels: ['plan:accept-dangerous'],
    });
    expect(exitCode).toBe(0);
  });

  it('refuses an unknown environment, and lists the known environments', async () => {
    const terraform = mockTerraform({});
    await expect(plan(terraform, { environments: ['moon'] })).rejects.toThrow(
      'There is no environment moon. The environments are dev, prod.',
    );
    await expect(plan(terraform, { environments: [] })).rejects.toThrow(
      'The command line contains no environment.',
    );
    expect(terraform.calls()).toEqual([]);
  });

  it('reports the failed stack and the error of Terraform', async () => {
    const before = leftPlans();
    const terraform = mockTerraform(plansOf(unchanged, unchanged), { fails: 'plan dev-b' });
    await expect(plan(terraform)).rejects.toThrow(
      'dev-b: terraform plan failed. Error: the cluster does not answer',
    );
    expect(leftPlans()).toEqual(before);
  });

  it('reports a remedy if Terraform cannot download the providers', async () => {
    const error = 'Failed to query available provider packages';
    const terraform = mockTerraform(plansOf(unchanged, unchanged), { fails: 'init dev-a', error });
    await expect(plan(terraform)).rejects.toThrow(
      /^dev-a: terraform init failed\. Error: Failed to query available provider packages\nTerraform downloads the providers from registry\.terraform\.io.* set TF_CLI_CONFIG_FILE /,
    );
  });

  it('deletes the verdict of an earlier plan if the new plan fails', async () => {
    const { out } = await plan(mockTerraform(plansOf(unchanged, unchanged)));
    const failing = mockTerraform(plansOf(unchanged, unchanged), { fails: 'plan dev-a' });
    await expect(plan(failing, { out })).rejects.toThrow('terraform plan failed');
    expect(readdirSync(join(out, 'dev'))).not.toContain('verdict.json');
  });

  it('reports a remedy if Terraform is missing', async () => {
    const missing = { program: join(temporaryFolder(), 'terraform'), calls: () => [] };
    await expect(plan(missing)).rejects.toThrow(
      'terraform is not on the PATH, expected >= 1.11.0. Install a version from',
    );
  });
});

describe('the policy of a review', () => {
  const [lower, higher] = [acceptLabels.dangerous, acceptLabels.irreversible];

  it.each<[Tier, Tier | undefined, readonly string[], boolean]>([
    ['safe', 'dangerous', [], true],
    ['review', 'dangerous', [], true],
    ['review', 'review', [], false],
    ['review', 'review', [lower], true],
    ['dangerous', 'dangerous', [], false],
    ['dangerous', 'dangerous', ['bug'], false],
    ['dangerous', 'dangerous', [lower], true],
    ['dangerous', 'dangerous', [higher], true],
    ['dangerous', 'irreversible', [], true],
    ['irreversible', 'dangerous', [lower], false],
    ['irreversible', 'dangerous', ['bug', higher], true],
    ['irreversible', undefined, [], true],
  ])('for tier %s, --fail-on %s and labels %j returns accepted: %s', (tier, failOn, labels, expected) => {
    expect(isAccepted(tier, { failOn, labels })).toBe(expected);
    if (!expected) expect(isAccepted(tier, { failOn, labels: [labelFor(tier)] })).toBe(true);
  });
});

interface Deployment {
  readonly terraform: MockTerraform;
  readonly reviewed?: string;
  readonly failOn?: 'irreversible' | undefined;
  readonly stop?: AbortSignal;
}

async function deploy({ terraform, reviewed, failOn = 'irreversible', stop }: Deployment) {
  const out = temporaryFolder();
  const { reported, print, report } = texts();
  const exitCode = await deployEnvironment({
    ...{ project: project(), environment: 'dev', reviewed, out, failOn, print, report },
    terraform: terraform.program,
    signal: stop ?? signal,
  });
  return { exitCode, reported };
}

describe('npm run ci:deploy', { timeout: 60_000 }, () => {
  const applied = (terraform: MockTerraform) => terraform.calls().filter((call) => call.startsWith('apply'));

  it('applies exactly the reviewed plans, in the order of the stacks', async () => {
    process.env.TF_VAR_token = 'real';
    try {
      const terraform = mockTerraform(plansOf(dangerous, unchanged));
      expect((await deploy({ terraform })).exitCode).toBe(0);
      expect(terraform.calls()).toEqual([
        'plan dev-a -input=false token=real mode=700',
        'plan dev-b -input=false token=real mode=700',
        'apply dev-a plan of dev-a token=real',
        'apply dev-b plan of dev-b token=real',
      ]);
    } finally {
      delete process.env.TF_VAR_token;
    }
  });

  it('applies the approved plans if the new plans are the same', async () => {
    const { out } = await plan(mockTerraform(plansOf(dangerous, unchanged)));
    const terraform = mockTerraform(plansOf(dangerous, unchanged));
    expect((await deploy({ terraform, reviewed: join(out, 'dev') })).exitCode).toBe(0);
    expect(applied(terraform)).toHaveLength(2);
  });

  it('applies nothing if the new plans differ from the approved plans', async () => {
    const { out } = await plan(mockTerraform(plansOf(unchanged, unchanged)));
    const terraform = mockTerraform(plansOf(unchanged, dangerous));
    const { exitCode, reported } = await deploy({ terraform, reviewed: join(out, 'dev') });
    expect(exitCode).toBe(1);
    expect(applied(terraform)).toEqual([]);
    expect(reported.at(-1)).toMatch(/^The plans of dev are not the approved plans: .*Nothing was applied\.$/);
  });

  it('applies nothing if the plan creates a resource with unapproved arguments', async () => {
    const allows = (port: string) => {
      const policy = {
        metadata: [{ name: 'allow', namespace: 'nats' }],
        spec: [{ ingress: [{ ports: [{ port }] }] }],
      };
      return planText([draftChange('kubernetes_network_policy_v1', 'allow', 'create', null, policy)]);
    };
    const { out } = await plan(mockTerraform(plansOf(unchanged, allows('4222'))));
    const reviewed = join(out, 'dev');
    const same = mockTerraform(plansOf(unchanged, allows('4222')));
    expect((await deploy({ terraform: same, reviewed })).exitCode).toBe(0);
    const other = mockTerraform(plansOf(unchanged, allows('8222')));
    expect((await deploy({ terraform: other, reviewed })).exitCode).toBe(1);
    expect(applied(other)).toEqual([]);
  });

  it('applies nothing if the folder of --reviewed has no review of dev', async () => {
    const terraform = mockTerraform(plansOf(unchanged, unchanged));
    const empty = temporaryFolder();
    await expect(deploy({ terraform, reviewed: empty })).rejects.toThrow(
      `${empty} contains no review of dev. Write it first: npm run ci:plan -- dev. Then pass the folder delivery-out/dev to --reviewed.`,
    );
    const { out } = await plan(mockTerraform(plansOf(unchanged, unchanged)), { environments: ['prod'] });
    await expect(deploy({ terraform, reviewed: join(out, 'prod') })).rejects.toThrow(
      'expected the review of dev',
    );
    mkdirSync(join(empty, 'damaged'));
    writeFileSync(join(empty, 'damaged/verdict.json'), '{"version":1,');
    await expect(deploy({ terraform, reviewed: join(empty, 'damaged') })).rejects.toThrow('is not a verdict');
    expect(terraform.calls()).toEqual([]);
  });

  it('applies nothing with --fail-on irreversible if a plan is irreversible', async () => {
    const terraform = mockTerraform(plansOf(unchanged, irreversible));
    const { exitCode, reported } = await deploy({ terraform });
    expect(exitCode).toBe(1);
    expect(reported.at(-1)).toContain('docs/deliver.md#apply-an-irreversible-change');
    expect(applied(terraform)).toEqual([]);
  });

  it('fails with a list of the applied stacks if Terraform cannot apply a stack', async () => {
    const terraform = mockTerraform(plansOf(unchanged, dangerous), { fails: 'apply dev-b' });
    await expect(deploy({ terraform })).rejects.toThrow(
      'Applied: dev-a. Failed: dev-b (some of its changes may be applied). Not applied: no stack.',
    );
    const first = mockTerraform(plansOf(unchanged, dangerous), { fails: 'apply dev-a' });
    await expect(deploy({ terraform: first })).rejects.toThrow(
      'Applied: no stack. Failed: dev-a (some of its changes may be applied). Not applied: dev-b.',
    );
    expect(applied(first)).toEqual([]);
  });
});

it('an interrupted deployment waits until Terraform has stored its state', {
  timeout: 60_000,
}, async () => {
  const terraform = mockTerraform(plansOf(unchanged, unchanged), { waits: 'apply dev-a' });
  const stopping = new AbortController();
  const result = deploy({ terraform, stop: stopping.signal }).catch((error: Error) => error.message);
  await vi.waitFor(() => expect(terraform.calls()).toContain('apply dev-a waits'), { timeout: 30_000 });
  stopping.abort();
  expect(await result).toMatch(/^dev-a: terraform apply failed\. The command was interrupted\.\n/);
  expect(terraform.calls().slice(-2)).toEqual(['apply dev-a waits', 'apply dev-a stored its state']);
});

it('the documentation has a section about irreversible changes', () => {
  const page = join(import.meta.dirname, '../../docs/deliver.md');
  expect(readFileSync(page, 'utf8')).toMatch(/^#+ Apply an irreversible change$/m);
});
