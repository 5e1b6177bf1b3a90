import { exposedLabels, metricCount, metricName, valueAt } from './series.ts';

/**
 * The labels are formatted once, to save processor time.
 * @param count series, a multiple of ten
 */
export function exposition(count: number): (scrape: number) => string {
  const metrics = Array.from({ length: metricCount }, (_, metric) => ({
    type: `# TYPE ${metricName(metric)} counter\n`,
    series: Array.from({ length: count / metricCount }, (_, item) => {
      const number = item * metricCount + metric;
      const { labels } = exposedLabels(number);
      const text = labels.map(([name, value]) => `${name}="${value}"`).join(',');
      return { number, start: `${metricName(metric)}{${text}} ` };
    }),
  }));
  return (scrape) =>
    metrics
      .map(
        ({ type, series }) =>
          type + series.map(({ number, start }) => `${start}${valueAt(number, scrape)}\n`).join(''),
      )
      .join('');
}
