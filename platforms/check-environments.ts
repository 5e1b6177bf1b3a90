import type { z } from 'zod';
import type { Environment } from '../config/environment.ts';
import { environmentRules } from '../config/environment-rules.ts';
import { type Problem, problem, type Rule } from '../config/rule.ts';
import { sloProblems } from '../rules/check-slos.ts';
import { sourceConflicts } from '../sources/index.ts';
import { alertRules } from './alert-rules.ts';
import { edgeRules } from './edge-rules.ts';
import { engineRules } from './engine-rules.ts';
import { type EnvironmentValues, environmentSchema, platformOf } from './environment.ts';
import { nameConflicts } from './name-conflicts.ts';
import { offerRules } from './offer-rules.ts';

/** Reports the problems of all environments in one message. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const width = Math.max(...problems.map(({ setting }) => setting.length));
    const lines = problems.map(({ setting, message }) => `  ${setting.padEnd(width)}  ${message}`);
    const count = `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`;
    super(`${count} in the configuration:\n${lines.join('\n')}`);
    this.problems = problems;
  }
}

/**
 * Checks all environments together, because some names must differ between environments.
 * @throws EnvironmentError
 */
export function checkEnvironments(
  values: readonly EnvironmentValues[],
  further: readonly Problem[] = [],
): readonly Environment[] {
  const checked = values.map((value) => ({ value, problems: problemsOf(value) }));
  const problems = checked.flatMap(({ value, problems: found }, index) => {
    const label = typeof value?.name === 'string' ? value.name : `environments[${index}]`;
    return found.map(({ setting, message }) => problem(setting ? `${label}.${setting}` : label, message));
  });
  const sound = checked.filter(({ problems: found }) => found.length === 0).map(({ value }) => value);
  const all = [...problems, ...further, ...sourceConflicts(), ...sloProblems(), ...nameConflicts(sound)];
  if (all.length > 0) throw new EnvironmentError(all);
  return sound;
}

function problemsOf(value: EnvironmentValues): Problem[] {
  const result = environmentSchema.safeParse(value, { reportInput: true, error: expectation });
  const issues = result.success ? [] : result.error.issues;
  const broken = issues
    .filter(({ code }) => code !== 'unrecognized_keys')
    // Zod checks no setting of `platform` if `platform.kind` is invalid. Therefore `platform` counts as broken.
    .map((issue) => (discriminatorOf(issue) === undefined ? issue.path : issue.path.slice(0, -1)))
    .map((path) => path.map(String).join('.'));
  const isBroken = (setting: string) => broken.some((other) => related(setting, other));
  const rules = [
    ...environmentRules,
    ...offerRules,
    ...edgeRules,
    ...engineRules,
    ...alertRules,
    ...(isBroken('platform.kind') ? [] : (platformOf(value).rules as readonly Rule[])),
  ].filter(({ reads }) => !reads.some(isBroken));
  return [...issues.flatMap(described), ...rules.flatMap((rule) => rule.problems(value))];
}

function related(setting: string, other: string): boolean {
  if (other === '') return true;
  const [one, two] = [setting.split('.'), other.split('.')];
  return one.slice(0, two.length).every((part, index) => part === '*' || part === two[index]);
}

function described(issue: z.core.$ZodIssue): Problem[] {
  const setting = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      problem(
        setting ? `${setting}.${key}` : key,
        'is an unknown setting; correct the spelling or remove the setting',
      ),
    );
  }
  const discriminator = discriminatorOf(issue);
  if (discriminator !== undefined) {
    const { [discriminator]: kind } = issue.input as Record<string, unknown>;
    const expected = issue.message.replace(/^.*Expected/, 'expected one of');
    return [problem(setting, `is ${kind === undefined ? 'missing' : shown(kind)}, ${expected}`)];
  }
  if (issue.input === undefined)
    return [
      problem(setting, 'is missing; add this setting (docs/reference/environments.md lists its values)'),
    ];
  const expected = issue.message.replace(/^Invalid (input|option): /, '');
  const found = issue.code === 'invalid_key' ? 'not a valid name' : shown(issue.input);
  return [problem(setting, `is ${found}, ${expected}`)];
}

/** Error text, such as `expected at least 1`. Undefined if the message of zod is already clear. */
function expectation(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    const bound = issue.code === 'too_small' ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
    return `expected ${bound}${issue.origin === 'array' ? ' in the list' : ''}`;
  }
  if (issue.code === 'invalid_format' && issue.format === 'email') {
    return 'expected an address such as on-call@example.com';
  }
  if (issue.code === 'invalid_key') return issue.issues[0]?.message;
  return issue.code === 'invalid_type' && issue.expected === 'int' ? 'expected a whole number' : undefined;
}

function discriminatorOf(issue: z.core.$ZodIssue): string | undefined {
  return issue.code === 'invalid_union' ? issue.discriminator : undefined;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
