import { extraValueSetting, isObject } from './extra-values.ts';
import { anywhere, type GuardedValue, guardedValues, type PathPattern } from './guarded-values.ts';
import { type Problem, problem, type Rule } from './rule.ts';

/** Rejects chart values that match an entry of guarded-values.ts. */
export const guardedValueRule: Rule = {
  reads: ['charts.extraValues'],
  problems: ({ charts }) =>
    Object.entries(charts.extraValues ?? {}).flatMap(([release, values]) =>
      guarded(release, [], values).map(({ path, reason }) => refusal(release, path, reason)),
    ),
};

interface Found {
  readonly path: readonly string[];
  readonly reason: string;
}

function refusal(release: string, path: readonly string[], reason: string): Problem {
  return problem(
    extraValueSetting(release, path),
    `cannot be set in extraValues: this value ${reason}; remove the key`,
  );
}

function guarded(release: string, path: readonly string[], value: unknown): Found[] {
  const guard = guardedValues.find((candidate) => applies(candidate, release, path, value));
  if (guard) return [{ path, reason: guard.reason }];
  if (!isObject(value) && !Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => guarded(release, [...path, key], inner));
}

function applies(guard: GuardedValue, release: string, path: readonly string[], value: unknown): boolean {
  if (guard.release !== undefined && guard.release !== release) return false;
  return matches(guard.path, path) && (guard.refuses?.(value) ?? true);
}

function matches([first, ...others]: PathPattern, path: readonly string[]): boolean {
  if (first === undefined) return path.length === 0;
  const [key, ...rest] = path;
  if (first === anywhere) {
    return matches(others, path) || (key !== undefined && matches([first, ...others], rest));
  }
  if (key === undefined) return false;
  return (typeof first === 'string' ? first === key : first.test(key)) && matches(others, rest);
}
