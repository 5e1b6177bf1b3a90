import { describe, expect, it } from 'vitest';
import { batchJob } from '../../config/topology.ts';
import type { MetricDefinition } from '../../metrics/definition.ts';
import { recorded } from '../../metrics/definitions/recorded.ts';
import { thanosHeadMetrics } from '../../metrics/definitions/thanos.ts';
import { documentedQueries } from '../../metrics/queries.ts';
import { prometheusRules } from '../../rules/index.ts';
import { catalogue, definitionOf, expectedEverywhere, jobs, laptopThanosJobs } from '../../sources/index.ts';
import { promqlOf, readDocuments } from './documents.ts';
import { objections } from './promql-analysis.ts';

const metrics = Object.entries(catalogue).flatMap(([source, definitions]) =>
  Object.values(definitions as Readonly<Record<string, MetricDefinition>>).map((definition) => ({
    source,
    ...definition,
  })),
);
const own = metrics.filter(({ source }) => ['usdtExporter', 'batchPusher', 'batch'].includes(source));

describe('each metric', () => {
  it.each(metrics)(
    '$source $name has a valid name, unit and help',
    ({ name, unit, help, labels, type, buckets }) => {
      expect(name).toMatch(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/);
      expect(unit).not.toBe('');
      expect(help).toMatch(/^[A-Z0-9].*\.$/);
      expect(labels).toEqual([...new Set(labels)]);
      for (const label of labels) expect(label).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(buckets !== undefined).toBe(type === 'histogram');
    },
  );

  it('has the same type and unit in all its definitions', () => {
    const contradictions = metrics.filter((metric) => {
      const first = definitionOf(metric.type === 'histogram' ? `${metric.name}_sum` : metric.name);
      return first?.type !== metric.type || first.unit !== metric.unit;
    });
    expect(contradictions).toEqual([]);
  });

  it('of the functions is a counter if and only if its name ends with _total', () => {
    // `airflow_data_processing_records_total` is a gauge, although its name ends with `_total`.
    const wrong = own
      .filter(({ name }) => name !== 'airflow_data_processing_records_total')
      .filter(({ name, type }) => name.endsWith('_total') !== (type === 'counter'));
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });
});

const rules = prometheusRules({ chartRules: false, expected: expectedEverywhere })
  .groups.flatMap((group) => group.rules)
  // The rules for `recorded.configured` contain no metric. Their expression is `vector(1)`.
  .filter((rule) => !('record' in rule && rule.record === recorded.configured.name));

describe('the PromQL of the project', () => {
  it.each(rules.map((rule) => ({ name: 'alert' in rule ? rule.alert : rule.record, expr: rule.expr })))(
    'has only metrics and labels of the metric catalogue: rule $name',
    ({ expr }) => {
      expect(objections(expr)).toEqual([]);
    },
  );

  it.each(documentedQueries)(
    'has only metrics and labels of the metric catalogue: query $expr',
    ({ expr }) => {
      expect(objections(expr)).toEqual([]);
    },
  );

  const blocks = readDocuments().flatMap(({ file, text }) =>
    [...promqlOf(text), ...promqlOf(text, 'cluster')].map((expr) => ({ file, expr })),
  );

  it.runIf(blocks.length > 0).each(blocks)(
    'has only metrics and labels of the metric catalogue: $file, $expr',
    ({ expr }) => {
      expect(objections(expr)).toEqual([]);
    },
  );

  it('selects only jobs that exist', () => {
    // Several faults in `demo/faults` push metrics with the job `inventory` or `payroll`.
    const pushed = [batchJob, 'inventory', 'payroll'];
    // The documents use the job `shop` of the application in `examples/application`.
    const known = [...Object.values(jobs), ...Object.values(laptopThanosJobs), ...pushed, 'shop'];
    const selected = readDocuments().flatMap(({ file, text }) =>
      [...text.matchAll(/\bjob(=~?)\\?"([^"\\]+)/g)].flatMap(([, operator, value = '']) =>
        (operator === '=~' ? value.split('|') : [value]).map((job) => ({ file, job, operator })),
      ),
    );
    expect(selected.length).toBeGreaterThan(50);
    const unknown = selected.filter(({ job, operator }) =>
      operator === '=~' ? !known.some((name) => new RegExp(`^${job}$`).test(name)) : !known.includes(job),
    );
    expect(unknown).toEqual([]);
  });
});

it('the help texts of the Thanos ingester metrics name the ingester, not Prometheus', () => {
  const texts = Object.values(thanosHeadMetrics).map(({ help }) => help);
  expect(texts.filter((help) => help.includes('Prometheus'))).toEqual([]);
  expect(texts.filter((help) => help.includes('ingester')).length).toBeGreaterThan(3);
});
