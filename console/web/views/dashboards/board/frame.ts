import type { InstantSeries } from '../../../prometheus.ts';
import type { TransformationJson } from './board-json.ts';

export type Cell = string | number | undefined;

export interface Field {
  readonly name: string;
  readonly kind: 'time' | 'label' | 'value';
}

/** Grafana's word for a table of fields and rows. */
export interface Frame {
  readonly fields: readonly Field[];
  readonly rows: readonly (readonly Cell[])[];
}

export function frameOf(series: readonly InstantSeries[], valueName: string): Frame {
  const labels = [...new Set(series.flatMap(({ metric }) => Object.keys(metric)))].sort();
  return {
    fields: [
      { name: 'Time', kind: 'time' },
      ...labels.map((name) => ({ name, kind: 'label' as const })),
      { name: valueName, kind: 'value' },
    ],
    rows: series.map(({ metric, value: [time, value] }) => [
      time,
      ...labels.map((label) => metric[label]),
      Number(value),
    ]),
  };
}

export function transformed(frames: readonly Frame[], transformations: readonly TransformationJson[]): Frame {
  const result = transformations.reduce<readonly Frame[]>((current, transformation) => {
    if (transformation.id === 'merge') return [merged(current)];
    return current.map((frame) => organized(frame, transformation.options));
  }, frames);
  return result[0] ?? { fields: [], rows: [] };
}

/** Like Merge in Grafana: two rows become one row if their cells match in every column. */
function merged(frames: readonly Frame[]): Frame {
  const all = (['time', 'label', 'value'] as const).flatMap((kind) => fieldsOf(frames, kind));
  const inEvery = all.filter(({ name }) =>
    frames.every(({ fields }) => fields.some((field) => field.name === name)),
  );
  const rows = new Map<string, Map<string, Cell>[]>();
  for (const { fields, rows: added } of frames) {
    for (const cells of added) {
      const row = new Map(fields.map(({ name }, index) => [name, cells[index]]));
      const key = JSON.stringify(inEvery.map(({ name }) => row.get(name) ?? null));
      const alike = rows.get(key) ?? [];
      const target = alike.find((other) => canJoin(other, row));
      if (target) for (const [name, cell] of row) target.set(name, cell ?? target.get(name));
      else rows.set(key, [...alike, row]);
    }
  }
  return {
    fields: all,
    rows: [...rows.values()].flat().map((row) => all.map(({ name }) => row.get(name))),
  };
}

function fieldsOf(frames: readonly Frame[], kind: Field['kind']): readonly Field[] {
  const found = frames.flatMap(({ fields }) => fields).filter((field) => field.kind === kind);
  return [...new Map(found.map((field) => [field.name, field])).values()];
}

/** Whether two rows have equal values in every column. A cell without a value is equal to every value. */
function canJoin(one: ReadonlyMap<string, Cell>, two: ReadonlyMap<string, Cell>): boolean {
  return [...two].every(([name, cell]) => cell === undefined || (one.get(name) ?? cell) === cell);
}

type Organize = Extract<TransformationJson, { readonly id: 'organize' }>['options'];

function organized({ fields, rows }: Frame, { excludeByName = {}, renameByName = {} }: Organize): Frame {
  const kept = fields.flatMap((field, index) => (excludeByName[field.name] ? [] : [{ field, index }]));
  return {
    fields: kept.map(({ field }) => ({ ...field, name: renameByName[field.name] || field.name })),
    rows: rows.map((row) => kept.map(({ index }) => row[index])),
  };
}
