import { formatOf } from '../../../format/units.ts';
import type { FieldJson } from './board-json.ts';

/** Text and colour of a value in a panel. */
export interface Shown {
  readonly text: string;
  /** Name of the colour in Grafana. */
  readonly color: string;
}

/**
 * Returns a function that gives the text and the colour of a value. The text of a mapping takes precedence over the
 * unit, and the colour of a mapping takes precedence over the colour of a threshold.
 */
export function shownBy(field: FieldJson): (value: number) => Shown {
  const format = formatOf(field.unit, field.decimals);
  return (value) => {
    const mapped = field.mappings?.map(({ options }) => options[String(value)]).find(Boolean);
    return { text: mapped?.text ?? format(value), color: mapped?.color ?? thresholdColor(field, value) };
  };
}

/** Colour of the highest threshold that the value reaches. */
function thresholdColor({ thresholds }: FieldJson, value: number): string {
  const reached = thresholds.steps.filter(({ value: from }) => from === null || value >= from);
  return reached.at(-1)?.color ?? 'green';
}

/** The thresholds that a graph draws as lines. */
export function thresholdLines({ thresholds }: FieldJson): readonly { value: number; color: string }[] {
  return thresholds.steps.flatMap(({ value, color }) => (value === null ? [] : [{ value, color }]));
}
