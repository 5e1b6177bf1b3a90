import { beforeAll, describe, expect, it } from 'vitest';
import { obtainPrograms } from '../../toolchain/index.ts';
import { branchesOf } from './branch-coverage/branches.ts';
import { unexercised } from './branch-coverage/explained.ts';
import { coverageOf, type RuleCoverage } from './branch-coverage/play.ts';
import { coverageJunit, coverageTable, gapsOf } from './branch-coverage/report.ts';
import { namedRules } from './mutation/mutants.ts';

describe('the branches of rule expressions', () => {
  let coverage: readonly RuleCoverage[];
  beforeAll(async () => {
    const { promtool } = await obtainPrograms({ names: ['promtool'] });
    coverage = await coverageOf(
      promtool.path,
      namedRules.map(([name]) => name),
    );
  }, 600_000);

  it('are all tested, or listed as untested with a reason', () => {
    expect(gapsOf(coverage)).toEqual([]);
  });

  it('are not listed as untested if a test case covers the branch', () => {
    const open = coverage.flatMap(({ rule, branches }) =>
      branches.filter(({ exercisedBy }) => exercisedBy === undefined).map(({ name }) => `${rule}: ${name}`),
    );
    const explained = unexercised.flatMap(({ rule, branches }) => branches.map((name) => `${rule}: ${name}`));
    expect(explained.filter((one) => !open.includes(one))).toEqual([]);
  });

  it('are listed with the name of the test that covers the branch', () => {
    const { branches = [] } = coverage.find(({ rule }) => rule === 'ScrapeSlow') ?? {};
    const [onlyLeft] = branches.filter(({ name }) => name.startsWith('and: only the left operand'));
    expect(onlyLeft?.exercisedBy).toMatch(/a target is down/);
  });
});

describe('the branch coverage of a PromQL expression', () => {
  const probes = (expr: string) => branchesOf(expr).map(({ probe }) => probe);

  it('counts three branches for `and`, two for `or` and two for `unless`', () => {
    expect(probes('a and b')).toEqual(['(a) and (b)', '(a) unless (b)', '(b) unless (a)']);
    expect(probes('a or on (x) b')).toEqual(['(a)', '(b) unless on (x) (a)']);
    expect(probes('a unless b')).toEqual(['(a) unless (b)', '(a) and (b)']);
  });

  it('counts a match and a mismatch for each matcher', () => {
    expect(probes('a{x="1",y!~"2"}')).toEqual([
      'a{x="1",y!~"2"}',
      'a{x!="1",y!~"2"}',
      'a{x="1",y!~"2"}',
      'a{x="1",y=~"2"}',
    ]);
  });

  it('checks each branch with the range and offset of the expression', () => {
    expect(probes('rate(a{x="1"}[5m] offset 1h)')).toContain('present_over_time(a{x!="1"}[5m] offset 1h)');
    expect(probes('a{x="1"} offset 1h')).toContain('a{x!="1"} offset 1h');
    expect(probes('max_over_time((a or b)[1d:5m])')).toContain('present_over_time(((b) unless (a))[1d:5m])');
    expect(probes('max_over_time(rate(a{x="1"}[5m])[1d:5m])')).toContain(
      'present_over_time((present_over_time(a{x!="1"}[5m]))[1d:5m])',
    );
  });

  it('counts no branch in `sum(rate(a[5m])) > 3`', () => {
    expect(branchesOf('sum(rate(a[5m])) > 3')).toEqual([]);
  });
});

describe('the report of the coverage', () => {
  const rule = {
    rule: 'Example',
    branches: [
      { name: 'matcher: accepts a series: a{x="1"}', probe: 'a{x="1"}', exercisedBy: 'a case' },
      { name: 'and: both operands return a series: a and b < 3', probe: '(a) and (b < 3)' },
    ],
  };

  it('prints a line for each branch without a test case', () => {
    expect(coverageTable([rule])).toBe(`rule     operands    matchers
Example  0 of 1      1 of 1
  not exercised: and: both operands return a series: a and b < 3: no reason

2 branches of 1 rules: 1 exercised, 0 with a reason, 1 without a test and without a reason`);
  });

  it('has a JUnit failure for an untested branch without a stated reason', () => {
    expect(coverageJunit([rule])).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="Example" tests="2" failures="1" errors="0">
    <testcase classname="Example" name="matcher: accepts a series: a{x=&quot;1&quot;}"/>
    <testcase classname="Example" name="and: both operands return a series: a and b &lt; 3">
      <failure message="No test case of the rule exercises this branch.">(a) and (b &lt; 3)</failure>
    </testcase>
  </testsuite>
</testsuites>
`);
  });
});
