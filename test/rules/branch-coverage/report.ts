import { type JunitOutcome, junitXml } from '../../../drill/junit-xml.ts';
import { reasonOf } from './explained.ts';
import type { CoveredBranch, RuleCoverage } from './play.ts';

function outcomeOf(rule: string, { name, exercisedBy }: CoveredBranch): 'exercised' | 'explained' | 'gap' {
  if (exercisedBy !== undefined) return 'exercised';
  return reasonOf(rule, name) === undefined ? 'gap' : 'explained';
}

/** The branches without a test and without a reason in `unexercised`. The format is `<rule>: <branch>`. */
export const gapsOf = (coverage: readonly RuleCoverage[]): readonly string[] =>
  coverage.flatMap(({ rule, branches }) =>
    branches.filter((branch) => outcomeOf(rule, branch) === 'gap').map(({ name }) => `${rule}: ${name}`),
  );

export function coverageTable(coverage: readonly RuleCoverage[]): string {
  const withBranches = coverage.filter(({ branches }) => branches.length > 0);
  const width = Math.max(...withBranches.map(({ rule }) => rule.length), 'rule'.length);
  const lines = withBranches.flatMap(({ rule, branches }) => {
    const of = (kind: string) => {
      const same = branches.filter(({ name }) => name.startsWith('matcher') === (kind === 'matcher'));
      const done = same.filter(({ exercisedBy }) => exercisedBy !== undefined);
      return `${done.length} of ${same.length}`.padEnd(10);
    };
    const missing = branches
      .filter(({ exercisedBy }) => exercisedBy === undefined)
      .map(({ name }) => `  not exercised: ${name}: ${reasonOf(rule, name) ?? 'no reason'}`);
    return [`${rule.padEnd(width)}  ${of('operand')}  ${of('matcher')}`.trimEnd(), ...missing];
  });
  const all = coverage.flatMap(({ rule, branches }) => branches.map((branch) => outcomeOf(rule, branch)));
  const count = (outcome: string) => all.filter((one) => one === outcome).length;
  return [
    `${'rule'.padEnd(width)}  ${'operands'.padEnd(10)}  matchers`,
    ...lines,
    '',
    `${all.length} branches of ${withBranches.length} rules: ${count('exercised')} exercised, ${count('explained')} with a reason, ${count('gap')} without a test and without a reason`,
  ].join('\n');
}

export function coverageJunit(coverage: readonly RuleCoverage[]): string {
  return junitXml(
    coverage.map(({ rule, branches }) => ({
      name: rule,
      cases: branches.map((branch) => ({
        classname: rule,
        name: branch.name,
        outcomes: junitOutcomes(rule, branch),
      })),
    })),
  );
}

function junitOutcomes(rule: string, branch: CoveredBranch): readonly JunitOutcome[] {
  const outcome = outcomeOf(rule, branch);
  if (outcome === 'exercised') return [];
  if (outcome === 'explained') return [{ kind: 'skipped', message: reasonOf(rule, branch.name) ?? '' }];
  const message = 'No test case of the rule exercises this branch.';
  return [{ kind: 'failure', message, text: branch.probe }];
}
