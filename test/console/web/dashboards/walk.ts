import { boardSupport, panelSupport } from '../../../../console/web/views/dashboards/board/support.ts';

type Support = typeof boardSupport;
type Json = unknown;

/** Checks the JSON of a dashboard. Returns a message for each option that the console does not support. */
export function objectionsTo({ panels, ...board }: { readonly panels: readonly Json[] }): readonly string[] {
  return [
    ...leaves(board).flatMap((leaf) => objection('dashboard', leaf, boardSupport)),
    ...panels.flatMap((panel) => {
      const { type, id, ...options } = panel as { readonly type: string; readonly id: number };
      const support = panelSupport[type];
      if (!support) return [`panel ${id}: unknown panel type ${type}`];
      return leaves({ id, ...options }).flatMap((leaf) => objection(`panel ${id}`, leaf, support));
    }),
  ];
}

interface Leaf {
  readonly path: string;
  readonly value: string | number | boolean | null;
}

/** Every text, number, boolean and null in the JSON, with its path. */
function leaves(json: Json, path = ''): readonly Leaf[] {
  if (Array.isArray(json)) return json.flatMap((item) => leaves(item, `${path}[]`));
  if (typeof json === 'object' && json !== null) {
    return Object.entries(json).flatMap(([name, value]) =>
      leaves(value, path === '' ? name : `${path}.${name}`),
    );
  }
  return [{ path, value: json as Leaf['value'] }];
}

function objection(where: string, { path, value }: Leaf, support: Support): readonly string[] {
  const found = support[path] ?? Object.entries(support).find(([pattern]) => matches(pattern, path))?.[1];
  if (!found) return [`${where}: unknown option ${path} = ${JSON.stringify(value)}`];
  const allowed = 'draws' in found ? found.draws : found.ignores;
  if (allowed === 'any' || allowed.includes(value)) return [];
  return [`${where}: ${path} is ${JSON.stringify(value)}, expected one of ${JSON.stringify(allowed)}`];
}

/** The `*` in `pattern` matches any text without brackets. */
function matches(pattern: string, path: string): boolean {
  if (!pattern.includes('*')) return false;
  const escaped = pattern.replace(/[.[\]]/g, '\\$&').replace('*', '[^[\\]]+');
  return new RegExp(`^${escaped}$`).test(path);
}
