import { jobs, sampleLimit, sources } from '../../sources/index.ts';
import type { Fault } from './fault.ts';

const job = 'orders_report';
const limit = sampleLimit(sources.pushgateway);

function seriesOfEachRecord(count: number): string {
  const samples = Array.from(
    { length: count },
    (_, n) => `orders_report_amount{order_id="o-${n}"} ${n % 97}`,
  );
  return `${['# TYPE orders_report_amount gauge', ...samples].join('\n')}\n`;
}

export const cardinalityExplosion: Fault = {
  name: 'cardinality-explosion',
  title: 'A job pushes a series for each record',
  area: 'batch',
  description: `The Pushgateway exposes more series than its limit of ${limit}: its scrapes fail, and Prometheus stores none of the series. Every other target continues.`,
  cause: 'A label whose value is an id, a path or a message, after a new release of a job.',
  alerts: [
    { alert: 'PushgatewayDown' },
    { alert: 'ScrapeNearSampleLimit', labels: { job: jobs.pushgateway } },
  ],
  allowed: [{ alert: 'BatchRunMissing' }, { alert: 'BatchDataStale' }],
  breaks: ['pushgateway'],
  intensity: {
    title: 'series of the job',
    unit: 'series',
    min: 2 * limit,
    max: 10 * limit,
    step: limit,
    default: 4 * limit,
  },
  outlivesPipeline: true,
  inject: ({ push }, count) => push(job, seriesOfEachRecord(count)),
  restore: ({ push }) => push(job, undefined),
};
