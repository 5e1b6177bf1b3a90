import type { ValuePanelJson } from '../board/board-json.ts';
import { shownBy } from '../board/field.ts';
import { styleColor } from '../board/named-color.ts';
import type { NamedValue } from '../board/panel-data.ts';
import './values.css';

interface ValuesProps {
  readonly panel: ValuePanelJson;
  readonly values: readonly NamedValue[];
}

/** Values in a large font. A single series has no visible name. */
export function StatPanel({ panel, values }: ValuesProps) {
  const shown = shownBy(panel.fieldConfig.defaults);
  // The longest number decides the font size of all numbers.
  const chars = Math.max(...values.map(({ value }) => shown(value).text.length));
  return (
    <div class="boards-stat">
      {values.map(({ name, value }, index) => {
        const { text, color } = shown(value);
        return (
          <div key={index} class="boards-stat-value">
            {values.length > 1 && <span class="boards-stat-name">{name}</span>}
            <b style={{ color: styleColor(color), '--chars': String(chars) }}>{text}</b>
          </div>
        );
      })}
    </div>
  );
}

export function BarGaugePanel({ panel, values }: ValuesProps) {
  const { defaults } = panel.fieldConfig;
  const shown = shownBy(defaults);
  const min = defaults.min ?? Math.min(0, ...values.map(({ value }) => value));
  const max = defaults.max ?? Math.max(min, ...values.map(({ value }) => value));
  const share = (value: number) => (max > min ? Math.min(1, Math.max(0, (value - min) / (max - min))) : 0);
  return (
    <ul class="boards-bars">
      {values.map(({ name, value }, index) => {
        const { text, color } = shown(value);
        return (
          <li key={index} style={{ '--bar': styleColor(color) }}>
            <span class="boards-bar-name">{name}</span>
            <span class="boards-bar-track">
              <span style={{ width: `${share(value) * 100}%` }} />
            </span>
            <b>{text}</b>
          </li>
        );
      })}
    </ul>
  );
}
