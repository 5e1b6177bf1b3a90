import { formatOf } from '../../../format/units.ts';
import type { FieldJson } from './board-json.ts';

/** Text and colour of a value. */
export interface Shown {
  readonly text: string;
  /** Name of the colour in Grafana. */
  readonly color: string;
}

/** Text and colour of a value. A mapping overrides the unit and the colour of a threshold. */
export function shownBy(field: FieldJson): (value: number) => Shown {
  const format = formatOf(field.unit, field.decimals);
  return (value) => {
    const mapped = field.mappings?.map(({ options }) => options[String(value)]).find(Boolean);
    return { text: mapped?.text ?? format(value), color: mapped?.color ?? thresholdColor(field, value) };
  };
}

/** Colour of the highest threshold below or at the value. */
function thresholdColor({ thresholds }: FieldJson, value: number): string {
  const reached = thresholds.steps.filter(({ value: from }) => from === null || value >= from);
  return reached.at(-1)?.color ?? 'green';
}

/** The thresholds that a graph draws as lines. */
export function thresholdLines({ thresholds }: FieldJson): readonly { value: number; color: string }[] {
  return thresholds.steps.flatMap(({ value, color }) => (value === null ? [] : [{ value, color }]));
}
