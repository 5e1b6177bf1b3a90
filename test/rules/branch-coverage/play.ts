import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { stringify } from 'yaml';
import type { AlertCase, InputSeries, RecordingCase } from '../case.ts';
import { alertCases, recordingCases } from '../cases.ts';
import { namedRules } from '../mutation/mutants.ts';
import { alertTests, type RuleTest, recordingTests } from '../promtool.ts';
import { type Branch, branchesOf } from './branches.ts';

export interface CoveredBranch extends Branch {
  readonly exercisedBy?: string;
}

export interface RuleCoverage {
  readonly rule: string;
  readonly branches: readonly CoveredBranch[];
}

interface Situation {
  readonly when: string;
  readonly series: readonly InputSeries[];
  readonly step: string;
  readonly times: readonly string[];
  readonly rules: RuleTest['rules'];
}

const runDeadlineMs = 300_000;
const runsAtOnce = 2;

/**
 * Finds the branches of PromQL expressions, such as the right side of `or`, and the test case for each branch.
 * @throws Error if promtool fails
 */
export async function coverageOf(
  promtool: string,
  names: readonly string[],
): Promise<readonly RuleCoverage[]> {
  const folder = await mkdtemp(join(tmpdir(), 'coverage-'));
  try {
    const rules = names.map((name) => {
      const expr = namedRules.find(([candidate]) => candidate === name)?.[1].expr ?? '';
      return { name, branches: branchesOf(expr), situations: situationsOf(name) };
    });
    const played = rules.flatMap(({ branches, situations }, rule) =>
      branches.length === 0
        ? []
        : situations.map((situation, index) => ({ id: `${rule}-${index}`, branches, situation })),
    );
    const runs = await Promise.all(
      Array.from({ length: runsAtOnce }, (_, run) =>
        exercised(
          promtool,
          folder,
          `${run}`,
          played.filter((_one, index) => index % runsAtOnce === run),
        ),
      ),
    );
    const found = new Map(runs.flatMap((run) => [...run]));
    return rules.map(({ name, branches, situations }, rule) => ({
      rule: name,
      branches: branches.map((branch, index) => {
        const by = situations.find((_, situation) => found.get(`${rule}-${situation}`)?.has(index));
        return by ? { ...branch, exercisedBy: by.when } : branch;
      }),
    }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function situationsOf(name: string): readonly Situation[] {
  const common = ({ when, series, step = '30s' }: AlertCase | RecordingCase) => ({ when, series, step });
  const ofAlert = alertCases
    .filter(({ alert }) => alert === name)
    .map((one) => ({
      ...common(one),
      times: [one.at, ...(one.notYet ? [one.notYet] : [])],
      rules: onlyRecordings(alertTests([one])),
    }));
  const ofRecording = recordingCases
    .filter(({ record }) => record === name.replace(/ #\d+$/, ''))
    .map((one) => ({ ...common(one), times: [one.at], rules: onlyRecordings(recordingTests([one])) }));
  return [...ofAlert, ...ofRecording];
}

function onlyRecordings([test]: readonly RuleTest[]): RuleTest['rules'] {
  const groups = (test as RuleTest).rules.groups.map((group) => ({
    ...group,
    rules: group.rules.filter((rule) => 'record' in rule),
  }));
  return { groups: groups.filter(({ rules }) => rules.length > 0) };
}

interface Played {
  readonly id: string;
  readonly branches: readonly Branch[];
  readonly situation: Situation;
}

async function exercised(
  promtool: string,
  folder: string,
  run: string,
  played: readonly Played[],
): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
  if (played.length === 0) return new Map();
  const files = await Promise.all(played.map((one) => writeTest(folder, one)));
  const junit = join(folder, `${run}.xml`);
  const { all, timedOut } = await execa(promtool, ['test', 'rules', `--junit=${junit}`, ...files], {
    all: true,
    reject: false,
    timeout: runDeadlineMs,
  });
  if (timedOut) throw new Error(`promtool did not evaluate the branches in ${runDeadlineMs / 1000} s.`);
  const suites = [
    ...(await readFile(junit, 'utf8')).matchAll(/<testsuite name="([^"]*)"(.*?)<\/testsuite>/gs),
  ];
  const reports = new Map(suites.map(([, file = '', report = '']) => [file, report]));
  return new Map(
    played.map(({ id }, index) => {
      const report = reports.get(files[index] as string);
      if (report === undefined || !report.includes('exp:') || /\berr(or)?: /.test(report)) {
        throw new Error(`promtool could not evaluate the branches in ${files[index]}:\n${report ?? all}`);
      }
      return [
        id,
        new Set([...report.matchAll(/branch=&#34;(\d+)&#34;/g)].map(([, branch]) => Number(branch))),
      ];
    }),
  );
}

async function writeTest(folder: string, { id, branches, situation }: Played): Promise<string> {
  const { series, step, times, rules } = situation;
  const probes = branches.map(
    ({ probe }, branch) => `label_replace(group(${probe}), "branch", "${branch}", "", "")`,
  );
  const ruleFile = join(folder, `${id}.rules.yml`);
  const testFile = join(folder, `${id}.test.yml`);
  const options = { aliasDuplicateObjects: false, lineWidth: 0 };
  const test = {
    interval: step,
    input_series: series,
    // This test must fail, because promtool prints the series of `expr` only for a failed test.
    promql_expr_test: times.map((time) => ({
      expr: probes.join(' or '),
      eval_time: time,
      exp_samples: [{ labels: '{branch="none"}', value: 1 }],
    })),
  };
  await writeFile(ruleFile, stringify(rules, options));
  await writeFile(
    testFile,
    stringify({ rule_files: [ruleFile], evaluation_interval: step, tests: [test] }, options),
  );
  return testFile;
}
