import type { Labels } from '../../prometheus.ts';

const changingAtStart = ['server_id'];

export interface NamedRow {
  readonly metric: Labels;
  /** One value for each time. `null`: no sample. */
  readonly values: readonly (number | null)[];
}

/** Merges series that differ only in `server_id`. A restart of a NATS server changes `server_id`. */
export function continued(rows: readonly NamedRow[]): readonly NamedRow[] {
  const groups = new Map<string, readonly NamedRow[]>();
  for (const row of rows) {
    const key = JSON.stringify(Object.entries(lasting(row.metric)).sort());
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((group) => {
    const newestFirst = [...group].sort((one, other) => startOf(other) - startOf(one));
    const metric = lasting(group[0]?.metric ?? {});
    const times = group[0]?.values.keys() ?? [];
    const values = [...times].map(
      (at) => newestFirst.map((row) => row.values[at] ?? null).find((value) => value !== null) ?? null,
    );
    return { metric, values };
  });
}

const lasting = (metric: Labels): Labels =>
  Object.fromEntries(Object.entries(metric).filter(([label]) => !changingAtStart.includes(label)));

const startOf = ({ values }: NamedRow): number => values.findIndex((value) => value !== null);
