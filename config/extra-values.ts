import { z } from 'zod';
import { type ReleaseName, releaseNames } from './cluster-names.ts';

export type ChartValue = string | number | boolean | null | readonly ChartValue[] | ChartValues;
export type ChartValues = { readonly [key: string]: ChartValue };

export type ExtraValues = { readonly [name in ReleaseName]?: ChartValues };

const releaseName = z.string().refine((name) => releaseNames.some((known) => known === name), {
  message: `expected the name of a release: ${releaseNames.join(', ')}`,
});

const chartValues = z.custom<ChartValues>(isValues, {
  error: 'expected an object of values, such as { replicas: 2 }, with JSON values only',
});

/** The error of `z.record` for an unknown release lists the known releases. */
export const extraValues: z.ZodType<ExtraValues, ExtraValues> = z.record(releaseName, chartValues);

/** Whether a value is a plain object, not an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
}

function isValue(value: unknown): value is ChartValue {
  if (Array.isArray(value)) return value.every(isValue);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  return Number.isFinite(value) || isValues(value);
}

function isValues(value: unknown): value is ChartValues {
  return isObject(value) && Object.values(value).every(isValue);
}

/** A path of keys, such as `grafana["grafana.ini"].server` or `args[0]`. */
export function pathText(path: readonly string[]): string {
  return path
    .map((key, index) => {
      if (/^\d+$/.test(key)) return `[${key}]`;
      if (!/^[\w$-]+$/.test(key)) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join('');
}

/** Path of a chart value in the environment, such as `charts.extraValues.nats.config.merge`. */
export function extraValueSetting(release: string, path: readonly string[]): string {
  return pathText(['charts', 'extraValues', release, ...path]);
}
