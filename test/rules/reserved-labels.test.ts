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

it('the list of reserved labels contains every label of the platform’s metrics', async () => {
  const modules = await Promise.all(readdirSync(folder).map((file) => import(join(folder, file))));
  const labels = new Set(modules.flatMap((module) => labelsIn({ ...module })));
  expect(labels.size).toBeGreaterThan(20);
  expect([...labels].filter((label) => !reservedLabels.has(label))).toEqual([]);
});

it('the list of reserved labels contains every label that an alert expression can return', () => {
  const possible = new Set(alerts.flatMap(({ alert }) => [...labelsOfAlert(alert).possible]));
  expect([...possible].filter((label) => !reservedLabels.has(label))).toEqual([]);
});
