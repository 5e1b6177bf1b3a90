import { labelValues as readLabelValues } from '../../../prometheus.ts';
import { address, navigate } from '../../../router.ts';
import { useLoaded } from '../../../use-loaded.ts';
import type { VariableJson } from '../board/board-json.ts';
import type { Span } from '../board/time-range.ts';
import { all, labelValues, type Selection, withSelected, withSelection } from '../board/variables.ts';
import { Dropdown } from '../dropdown.tsx';

export interface VariableProps {
  readonly variable: VariableJson;
  readonly variables: readonly VariableJson[];
  readonly selection: Selection;
  readonly span: Span;
  /** Text of the time range, such as `now-1h now`. A refresh changes `span`, but not this text. */
  readonly rangeKey: string;
}

export function Variable({ variable, variables, selection, span, rangeKey }: VariableProps) {
  const { name, label = name, definition = '' } = variable;
  const query = labelValues(withSelection(definition, variables, selection));
  const { result: found = [], error } = useLoaded(JSON.stringify([query, rangeKey]), async (signal) =>
    query ? readLabelValues(query.label, query.selector, span, signal) : [],
  );
  const selected = (selection[name] ?? [all]).filter((value) => value !== all);
  const values = [...new Set([...found, ...selected])].sort();
  const select = (next: readonly string[]) => {
    const url = new URL(address.value);
    url.search = withSelected(url.searchParams, name, next).toString();
    navigate(url.href);
  };
  return (
    <Dropdown
      class="boards-variable"
      label={`${label}: ${selected.length === 0 ? 'All' : selected.join(', ')}`}
      text={
        <>
          <span class="quiet">{label}</span> {selected.length === 0 ? 'All' : selected.join(', ')}{' '}
          <span aria-hidden="true">▾</span>
        </>
      }
    >
      {() => (
        <fieldset>
          <legend class="visually-hidden">{label}</legend>
          <label>
            <input type="checkbox" checked={selected.length === 0} onChange={() => select([])} /> All
          </label>
          {values.map((value) => (
            <label key={value}>
              <input
                type="checkbox"
                checked={selected.includes(value)}
                onChange={() =>
                  select(
                    selected.includes(value)
                      ? selected.filter((other) => other !== value)
                      : variable.multi
                        ? [...selected, value]
                        : [value],
                  )
                }
              />{' '}
              {value}
            </label>
          ))}
          {error !== undefined && <p class="boards-error">{error}</p>}
        </fieldset>
      )}
    </Dropdown>
  );
}
