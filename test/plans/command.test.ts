import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { parsePlan } from '../../review/plan/read-plan.ts';
import { runPlanTests } from './command.ts';
import { bothPass, fakeTerraform, stackIn } from './fake-terraform.ts';

const folder = mkdtempSync(join(tmpdir(), 'plan-tests-'));
afterAll(() => rmSync(folder, { recursive: true }));

const prints = (text: string) => `cat <<'END'\n${text}\nEND`;
const failedAssertion = (detail: string) =>
  JSON.stringify({
    type: 'diagnostic',
    '@testrun': 'apply',
    diagnostic: {
      severity: 'error',
      summary: 'Test assertion failed',
      detail,
      snippet: { values: [{ traversal: 'a.b', statement: 'is false' }] },
    },
  });

/** Runs the command line on two small stacks with a fake Terraform, or without Terraform. */
async function run(
  cases: string | undefined,
  args: readonly string[] = [],
  {
    version,
    isTerminal = false,
  }: { readonly version?: string | undefined; readonly isTerminal?: boolean } = {},
) {
  const own = mkdtempSync(join(folder, 'run-'));
  const bin = cases === undefined ? own : fakeTerraform(own, cases, version);
  const written: string[] = [];
  const exitCode = await runPlanTests(args, {
    terraform: {
      // The fake Terraform needs the programs `cat` and `sleep`.
      env: { PATH: cases === undefined ? bin : `${bin}:/usr/bin:/bin` },
      cache: join(own, 'plugins'),
      signal: new AbortController().signal,
    },
    stacks: async () => [stackIn(own, 'dev-monitoring'), stackIn(own, 'prod-monitoring')],
    out: (text) => written.push(text),
    error: (text) => written.push(text),
    isTerminal,
  });
  return { exitCode, text: written.join(''), own };
}

describe('npm run test:plans', () => {
  it('passes if the plan and the apply of each stack pass', async () => {
    const { exitCode, text, own } = await run(prints(bothPass));
    expect(text).toMatch(/^\[1\/2\] (?:dev|prod)-monitoring: passed, [\d.]+ s$/m);
    expect(text).toContain('2 passed, 0 failed');
    expect(exitCode).toBe(0);
    expect(existsSync(join(own, 'dev-monitoring/plan.tftest.json'))).toBe(true);
  });

  it('fails if an assertion fails', async () => {
    const { exitCode, text } = await run(
      prints(`${bothPass}\n${failedAssertion('The cluster has no local accounts: x is not true')}`),
    );
    expect(text).toContain('  - apply: The cluster has no local accounts: x is not true; a.b is false\n');
    expect(text).toContain('0 passed, 2 failed');
    expect(exitCode).toBe(1);
  });

  it.each([
    ['a run is missing', 'case "$1" in test) exit 1;; esac', 'terraform test failed without an error'],
    ['Terraform crashes', 'case "$1" in test) echo "panic: x" >&2; exit 1;; esac', 'panic: x'],
    [
      'the stack is not valid',
      'echo "Error: Missing block label"; exit 1',
      'terraform init failed. Error: Missing',
    ],
  ])('fails if %s', async (_what, cases, message) => {
    const { exitCode, text } = await run(cases);
    expect(text).toContain(message);
    expect(exitCode).toBe(1);
  });

  it('fails if Terraform does not end within the deadline', async () => {
    const { exitCode, text } = await run('case "$1" in test) exec sleep 60;; esac', [
      '--stack',
      'dev-monitoring',
      '--deadline',
      '1',
    ]);
    expect(text).toMatch(/terraform test did not end within 1 s\. Repeat with a larger --deadline/);
    expect(exitCode).toBe(1);
  });

  it.each<[string, string | undefined, readonly string[], RegExp, string?]>([
    ['Terraform is missing', undefined, [], /terraform is not on the PATH, expected >= 1\.11\.0\. Install/],
    ['Terraform is too old', '', [], /terraform has the version 1\.9\.0, expected >= 1\.11\.0/, '1.9.0'],
    [
      'no registry can be reached',
      'echo "Error: Failed to query available provider packages"; exit 1',
      [],
      /providers cannot be installed\.\nError: Failed to query[\s\S]+set TF_CLI_CONFIG_FILE/,
    ],
    [
      'an environment does not exist',
      '',
      ['--environment', 'mars'],
      /no environment mars\. Choose from dev, prod\./,
    ],
    [
      'a stack does not exist',
      '',
      ['--stack', 'mars-one'],
      /no stack mars-one\. Choose from dev-monitoring, prod/,
    ],
    [
      'the JUnit file cannot be written',
      '',
      ['--junit', '/no/such/x.xml'],
      /--junit cannot write .*folder of this file is missing/,
    ],
    [
      'the folder of the recordings cannot be created',
      '',
      ['--record', join(process.execPath, 'plans')],
      /--record cannot create the folder .* \(ENOTDIR\)\. Name a folder/,
    ],
  ])('exits with code 2 if %s', async (_what, cases, args, message, version) => {
    const { exitCode, text } = await run(cases, args, { version });
    expect(text).toMatch(message);
    expect(text).not.toMatch(/^\s+at /m);
    expect(exitCode).toBe(2);
  });

  it('shows the running stacks in one line on a terminal', async () => {
    const { text } = await run(prints(bothPass), ['--parallel', '1'], { isTerminal: true });
    expect(text).toContain('\r\u001b[2Kdev-monitoring …\r\u001b[2K[1/2] dev-monitoring: passed');
  });

  it('exits with code 1 if an option has a wrong value', async () => {
    const { exitCode, text } = await run('', ['--parallel', '0']);
    expect(text).toContain('Expected a whole number from 1 to 16.');
    expect(exitCode).toBe(1);
  });

  it('writes a JUnit file with a test case for each stack', async () => {
    const junit = join(folder, 'plans.xml');
    await run(prints(`${bothPass}\n${failedAssertion('a < b')}`), [
      '--stack',
      'dev-monitoring',
      '--junit',
      junit,
    ]);
    const xml = readFileSync(junit, 'utf8');
    expect(xml).toMatch(/<testsuite name="plans" tests="1" failures="1" errors="0"/);
    expect(xml).toContain('classname="plans.dev" name="dev-monitoring"');
    expect(xml).toContain('a &lt; b');
  });

  it('records each plan in the format that npm run plan:review reads', async () => {
    const plan = {
      plan_format_version: '1.2',
      resource_changes: [
        {
          address: 'kubernetes_namespace_v1.nats',
          mode: 'managed',
          type: 'kubernetes_namespace_v1',
          name: 'nats',
          change: {
            actions: ['create'],
            before: null,
            after: {},
            after_unknown: {},
            before_sensitive: false,
            after_sensitive: {},
          },
        },
      ],
      provider_schemas: { large: true },
    };
    const event = JSON.stringify({ type: 'test_plan', '@testrun': 'plan', test_plan: plan });
    const record = join(folder, 'recorded');
    await run(prints(`${bothPass}\n${event}`), ['--stack', 'dev-monitoring', '--record', record]);
    const text = gunzipSync(readFileSync(join(record, 'dev-monitoring.json.gz'))).toString();
    expect(text).not.toContain('provider_schemas');
    const read = parsePlan(text, { stack: 'dev-monitoring', path: 'dev-monitoring.json' });
    expect(read.terraform_version).toBe('1.11.4');
    expect(read.resource_changes.map(({ address }) => address)).toEqual(['kubernetes_namespace_v1.nats']);
  });
});
