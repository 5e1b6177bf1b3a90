import type { BoardJson, VariableJson } from './board-json.ts';

export const all = '$__all';

/** Selected values by variable name. `[all]` means all values. */
export type Selection = Readonly<Record<string, readonly string[]>>;

/** Variables that the user can change. The user cannot change the variable of the data source. */
export function shownVariables({ templating }: Pick<BoardJson, 'templating'>): readonly VariableJson[] {
  return templating.list.filter(({ type }) => type === 'query');
}

const parameter = (name: string) => `var-${name}`;

/** Reads the selected values from URL parameters such as `var-cluster=one&var-cluster=two`. */
export function selectionOf(variables: readonly VariableJson[], query: URLSearchParams): Selection {
  return Object.fromEntries(
    variables.map(({ name }) => {
      const values = query.getAll(parameter(name)).filter((value) => value !== '');
      const isAll = values.length === 0 || values.includes(all) || values.includes('All');
      return [name, isAll ? [all] : values];
    }),
  );
}

/** Changes the selected values of one variable in the URL. No value means all values. */
export function withSelected(
  query: URLSearchParams,
  name: string,
  values: readonly string[],
): URLSearchParams {
  const next = new URLSearchParams(query);
  next.delete(parameter(name));
  for (const value of values.length > 0 ? values : [all]) next.append(parameter(name), value);
  return next;
}

/** Several values become a regular expression such as `(one|two)`, like in Grafana. */
export function withSelection(
  text: string,
  variables: readonly VariableJson[],
  selection: Selection,
): string {
  return variables.reduce((replaced, { name, allValue = '.*' }) => {
    const values = selection[name] ?? [all];
    const value = values.includes(all) ? allValue : alternatives(values);
    const mention = new RegExp(`\\$\\{${name}(?::\\w+)?\\}|\\[\\[${name}\\]\\]|\\$${name}\\b`, 'g');
    return replaced.replace(mention, () => value);
  }, text);
}

function alternatives(values: readonly string[]): string {
  const quoted = values.map(quotedForRegex);
  return quoted.length === 1 ? (quoted[0] as string) : `(${quoted.join('|')})`;
}

/** Escapes a value for a regular expression inside a PromQL string in double quotes. */
function quotedForRegex(value: string): string {
  return value
    .replaceAll('\\', '\\\\\\\\')
    .replace(/[$^*{}[\]'+?.()|]/g, '\\\\$&')
    .replaceAll('"', '\\"');
}

/** The parts of a query such as `label_values(up, cluster)`. Undefined for any other query. */
export function labelValues(
  definition: string,
): { readonly selector: string; readonly label: string } | undefined {
  const [, selector = '', label = ''] = /^label_values\((.+),\s*(\w+)\)$/s.exec(definition) ?? [];
  return label === '' ? undefined : { selector, label };
}
