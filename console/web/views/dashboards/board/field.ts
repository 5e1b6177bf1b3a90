import { formatOf } from '../../../format/units.ts';
import type { FieldJson } from './board-json.ts';

export interface Shown {
  readonly text: string;
  /** Name of a Grafana colour, such as `green`. */
  readonly color: string;
}

/** Formats a value. A value mapping overrides the unit and the threshold colour. */
export function shownBy(field: FieldJson): (value: number) => Shown {
  const format = formatOf(field.unit, field.decimals);
  return (value) => {
    const mapped = field.mappings?.map(({ options }) => options[String(value)]).find(Boolean);
    return { text: mapped?.text ?? format(value), color: mapped?.color ?? thresholdColor(field, value) };
  };
}

function thresholdColor({ thresholds }: FieldJson, value: number): string {
  const reached = thresholds.steps.filter(({ value: from }) => from === null || value >= from);
  return reached.at(-1)?.color ?? 'green';
}

/** The threshold lines of a graph. The value `null` is the base colour and has no line. */
export function thresholdLines({ thresholds }: FieldJson): readonly { value: number; color: string }[] {
  return thresholds.steps.flatMap(({ value, color }) => (value === null ? [] : [{ value, color }]));
}
