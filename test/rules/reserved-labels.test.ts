import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { reservedLabels } from '../../rules/reserved-labels.ts';
import { labelsOfAlert } from './alert-labels.ts';
import { alerts } from './promtool.ts';

const folder = join(import.meta.dirname, '../../metrics/definitions');

function labelsIn(value: unknown): readonly string[] {
  if (value === null || typeof value !== 'object') return [];
  if ('name' in value && 'labels' in value && Array.isArray(value.labels)) return value.labels;
  return Object.values(value).flatMap(labelsIn);
}

it('an override of an alert cannot set a label that any metric of the platform has', async () => {
  const modules = await Promise.all(readdirSync(folder).map((file) => import(join(folder, file))));
  const labels = new Set(modules.flatMap((module) => labelsIn({ ...module })));
  expect(labels.size).toBeGreaterThan(20);
  expect([...labels].filter((label) => !reservedLabels.has(label))).toEqual([]);
});

it('an override cannot set a label that the expression of any alert can return', () => {
  const possible = new Set(alerts.flatMap(({ alert }) => [...labelsOfAlert(alert).possible]));
  expect([...possible].filter((label) => !reservedLabels.has(label))).toEqual([]);
});
