import { checkEnvironments, EnvironmentError } from '../../platforms/check-environments.ts';
import type { EnvironmentValues } from '../../platforms/environment.ts';

export type Json = string | number | boolean | undefined | readonly Json[] | { readonly [key: string]: Json };

/** A copy with a new value at a path such as `edges.0.cluster`. `undefined` removes the setting. */
export function withSetting(values: EnvironmentValues, setting: string, value: Json): EnvironmentValues {
  const copy = structuredClone(values) as unknown as Record<string, unknown>;
  const path = setting.split('.');
  const last = path.pop() as string;
  const parent = path.reduce((node, key) => node[key] as Record<string, unknown>, copy);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy as unknown as EnvironmentValues;
}

export const withSettings = (values: EnvironmentValues, changes: Readonly<Record<string, Json>>) =>
  Object.entries(changes).reduce((copy, [setting, value]) => withSetting(copy, setting, value), values);

export function problemsOf(...values: readonly EnvironmentValues[]): string[] {
  try {
    checkEnvironments(values);
    return [];
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return error.problems.map(({ setting, message }) => `${setting} ${message}`);
  }
}
