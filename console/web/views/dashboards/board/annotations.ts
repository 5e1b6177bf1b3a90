import type { ChartMark } from '../../../chart/time-series.tsx';
import type { RangeSeries } from '../../../prometheus.ts';
import type { AnnotationJson } from './board-json.ts';
import { withLabels } from './legend-text.ts';

/**
 * Each period in which a series is not 0 becomes a chart mark.
 * @param step seconds between two values
 */
export function marksOf(
  { titleFormat, textFormat, iconColor }: AnnotationJson,
  series: readonly RangeSeries[],
  step: number,
  colorOf: (name: string) => string,
): readonly ChartMark[] {
  return series.flatMap(({ metric, values }) => {
    const text = [withLabels(titleFormat, metric), withLabels(textFormat, metric)].filter(Boolean).join(': ');
    return stretchesOf(values, step).map((stretch) => ({ ...stretch, text, color: colorOf(iconColor) }));
  });
}

function stretchesOf(values: RangeSeries['values'], step: number): readonly { at: number; to: number }[] {
  const found: { at: number; to: number }[] = [];
  for (const [time] of values.filter(([, value]) => Number(value) !== 0)) {
    const open = found.at(-1);
    if (open && time - open.to <= step * 1.5) open.to = time;
    else found.push({ at: time, to: time });
  }
  return found;
}
