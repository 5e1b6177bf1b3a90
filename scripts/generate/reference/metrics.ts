import type { MetricDefinition } from '../../../metrics/definition.ts';
import { catalogue, type NamedSource, sourceList } from '../../../sources/index.ts';
import type { Generated } from '../region.ts';
import { code, generatedNotice, table } from '../table.ts';

const otherSources: Readonly<Record<string, string>> = {
  batch: 'The report of a batch run, pushed through the Pushgateway',
  scrape: 'Added by Prometheus to every scrape',
  rules: 'Stored by recording rules',
};

export const metricColumns = ['metric', 'type', 'unit', 'labels', 'meaning'] as const;

export function metricRow({ name, type, unit, labels, help }: MetricDefinition): readonly string[] {
  return [code(name), type, unit, labels.map(code).join(', '), help];
}

function titleOf(sourceName: string): string {
  const source = sourceList.find(({ name }) => name === sourceName);
  return source ? `${source.program.name}, job ${jobsOf(source)}` : (otherSources[sourceName] ?? sourceName);
}

function jobsOf(source: NamedSource): string {
  return sourceList
    .filter(
      ({ program, metrics }) => program.name === source.program.name && sameNames(metrics, source.metrics),
    )
    .map(({ job }) => code(job))
    .join(' and ');
}

function sameNames(one: object, other: object): boolean {
  return Object.keys(one).join() === Object.keys(other).join();
}

function sections(): readonly string[] {
  const byTitle = new Map(
    Object.entries(catalogue)
      .filter(([, metrics]) => Object.keys(metrics).length > 0)
      .map(([name, metrics]) => [titleOf(name), Object.values(metrics)] as const),
  );
  return [...byTitle].map(
    ([title, metrics]) => `## ${title}\n\n${table(metricColumns, metrics.map(metricRow))}`,
  );
}

export const metricReference: Generated = {
  file: 'docs/reference/metrics.md',
  text: () =>
    `${[
      generatedNotice,
      '# Metrics\n\nThe metrics that the functions expose, and the metrics of third-party programs that a rule, a dashboard or a check uses. The tables do not contain the labels that Prometheus adds to every series (`job`, `instance`, `cluster`, `environment`).',
      ...sections(),
    ].join('\n\n')}\n`,
};
