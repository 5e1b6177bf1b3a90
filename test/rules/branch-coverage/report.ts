import { reasonOf } from './explained.ts';
import type { CoveredBranch, RuleCoverage } from './play.ts';

/** `explained`: no test, but a reason. `gap`: neither a test nor a reason. */
function outcomeOf(rule: string, { name, exercisedBy }: CoveredBranch): 'exercised' | 'explained' | 'gap' {
  if (exercisedBy !== undefined) return 'exercised';
  return reasonOf(rule, name) === undefined ? 'gap' : 'explained';
}

/** The branches that are gaps, each after the name of its rule. */
export const gapsOf = (coverage: readonly RuleCoverage[]): readonly string[] =>
  coverage.flatMap(({ rule, branches }) =>
    branches.filter((branch) => outcomeOf(rule, branch) === 'gap').map(({ name }) => `${rule}: ${name}`),
  );

/** A line for each rule, and the branches without a test. */
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

/** A test suite for each rule, and a test case for each branch. */
export function coverageJunit(coverage: readonly RuleCoverage[]): string {
  const suites = coverage.map(({ rule, branches }) => {
    const outcomes = branches.map((branch) => outcomeOf(rule, branch));
    const count = (outcome: string) => outcomes.filter((one) => one === outcome).length;
    const cases = branches.map((branch, index) => {
      const open = `    <testcase classname="${escaped(rule)}" name="${escaped(branch.name)}"`;
      if (outcomes[index] === 'exercised') return `${open}/>`;
      const result =
        outcomes[index] === 'gap'
          ? `<failure message="No test case of the rule exercises this branch.">${escaped(branch.probe)}</failure>`
          : `<skipped message="${escaped(reasonOf(rule, branch.name) ?? '')}"/>`;
      return `${open}>${result}</testcase>`;
    });
    const attributes = `name="${escaped(rule)}" tests="${branches.length}" failures="${count('gap')}" skipped="${count('explained')}"`;
    return `  <testsuite ${attributes}>\n${cases.join('\n')}\n  </testsuite>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
