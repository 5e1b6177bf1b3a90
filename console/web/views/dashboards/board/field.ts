import { formatOf } from '../../../format/units.ts';
import type { FieldJson } from './board-json.ts';

/** A value as a panel shows it. */
export interface Shown {
  readonly text: string;
  /** Grafana's name of the colour. */
  readonly color: string;
}

/** How the values of a panel are shown: mapped texts first, then the unit; the colour of a mapping or of a threshold. */
export function shownBy(field: FieldJson): (value: number) => Shown {
  const format = formatOf(field.unit, field.decimals);
  return (value) => {
    const mapped = field.mappings?.map(({ options }) => options[String(value)]).find(Boolean);
    return { text: mapped?.text ?? format(value), color: mapped?.color ?? thresholdColor(field, value) };
  };
}

/** The colour of the highest threshold that the value reaches. */
function thresholdColor({ thresholds }: FieldJson, value: number): string {
  const reached = thresholds.steps.filter(({ value: from }) => from === null || value >= from);
  return reached.at(-1)?.color ?? 'green';
}

/** The thresholds that a graph draws as lines. */
export function thresholdLines({ thresholds }: FieldJson): readonly { value: number; color: string }[] {
  return thresholds.steps.flatMap(({ value, color }) => (value === null ? [] : [{ value, color }]));
}
