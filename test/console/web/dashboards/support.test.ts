import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isKnownUnit } from '../../../../console/web/format/units.ts';
import { objectionsTo } from './walk.ts';

const folder = join(import.meta.dirname, '../../../../dashboards');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));

describe.each(files)('the dashboard file %s', (file) => {
  it('has only panel types and options that the console supports', () => {
    expect(objectionsTo(read(file))).toEqual([]);
  });

  it('has only units that the console supports', () => {
    const units = read(file).panels.flatMap(
      (panel: { fieldConfig?: { defaults: { unit?: string } } }) => panel.fieldConfig?.defaults.unit ?? [],
    );
    expect(units.filter((unit: string) => !isKnownUnit(unit))).toEqual([]);
    expect(units.length).toBeGreaterThan(5);
  });
});

describe('the search for unsupported dashboard features', () => {
  const board = read(files[0] as string);
  const index = board.panels.findIndex(({ type }: { type: string }) => type === 'timeseries');
  const withPanel = (change: (panel: Record<string, unknown>) => unknown) => ({
    ...board,
    panels: board.panels.map((panel: Record<string, unknown>, at: number) =>
      at === index ? change(structuredClone(panel)) : panel,
    ),
  });
  const name = `panel ${board.panels[index].id}`;

  it.each<[string, (panel: Record<string, unknown>) => unknown, string]>([
    ['an unknown panel type', (panel) => ({ ...panel, type: 'heatmap' }), 'unknown panel type heatmap'],
    ['an unknown option', (panel) => ({ ...panel, repeat: 'cluster' }), 'unknown option repeat'],
    [
      'an unsupported value of an option',
      (panel) => ({ ...panel, transparent: true }),
      'transparent is true',
    ],
    [
      'an override',
      (panel) => ({ ...panel, fieldConfig: { overrides: [{ matcher: { id: 'byName' } }] } }),
      'unknown option fieldConfig.overrides[].matcher.id',
    ],
    [
      'an unknown transformation',
      (panel) => ({ ...panel, transformations: [{ id: 'reduce', options: {} }] }),
      'unknown option transformations[].id',
    ],
  ])('reports %s in a panel', (_, change, objection) => {
    expect(objectionsTo(withPanel(change))).toEqual([expect.stringContaining(`${name}: ${objection}`)]);
  });

  it('reports an unknown option of the dashboard', () => {
    expect(objectionsTo({ ...board, liveNow: true })).toEqual(['dashboard: unknown option liveNow = true']);
  });
});
