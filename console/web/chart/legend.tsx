export interface LegendEntry {
  readonly name: string;
  readonly color: string;
}

export interface LegendProps {
  readonly entries: readonly LegendEntry[];
  /** The array indexes of the hidden entries in `entries`. */
  readonly hidden: ReadonlySet<number>;
  readonly onChange: (hidden: ReadonlySet<number>) => void;
}

/** A click shows only one series. A click with Ctrl, Cmd or Shift shows or hides the series. */
export function Legend({ entries, hidden, onChange }: LegendProps) {
  const select = (index: number, isAdded: boolean) => {
    const others = entries.flatMap((_, other) => (other === index ? [] : [other]));
    const isAlone = !hidden.has(index) && others.every((other) => hidden.has(other));
    if (isAdded) {
      const next = new Set(hidden);
      if (!next.delete(index)) next.add(index);
      onChange(next);
    } else onChange(isAlone ? new Set() : new Set(others));
  };
  return (
    <ul class="chart-legend" aria-label="Series">
      {entries.map(({ name, color }, index) => (
        <li key={index}>
          <button
            type="button"
            title={name}
            aria-pressed={!hidden.has(index)}
            onClick={(event) => select(index, event.ctrlKey || event.metaKey || event.shiftKey)}
          >
            <span class="chart-swatch" style={{ background: color }} />
            <span class="chart-legend-name">{name}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
