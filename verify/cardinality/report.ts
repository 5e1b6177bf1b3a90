import { excess, type JobSeries } from './measure.ts';

const plural = (count: number, noun: string) =>
  `${count} ${noun}${count === 1 || noun === 'series' ? '' : 's'}`;
/** The text is `(no job)` for series without the label `job`, such as the results of recording rules. */
const title = ({ job }: JobSeries) => (job === '' ? '(no job)' : job);

/**
 * @param used words in rules, panels and documents, including the metric names
 * @param shown maximum number of listed metrics for each job
 */
export function cardinalityReport(
  jobs: readonly JobSeries[],
  used: ReadonlySet<string>,
  shown: number,
): string {
  const width = Math.max(...jobs.map((job) => title(job).length), 0);
  const total = sum(jobs.map(({ series }) => series));
  const over = jobs.filter((job) => excess(job).length > 0).length;
  return [
    ...jobs.flatMap((job) => [
      `${mark(job)} ${title(job).padEnd(width)}  ${described(job)}`,
      ...job.metrics.slice(0, shown).map(({ name, series }) => `    ${name}  ${series}`),
    ]),
    ...(jobs.some((job) => mark(job) === withoutBudget) ? ['', legend] : []),
    '',
    ...unusedLines(jobs, used, shown),
    '',
    `${over} ${over === 1 ? 'job' : 'jobs'} over budget, ${total} series in all`,
  ].join('\n');
}

const withoutBudget = '–';
const legend = `${withoutBudget} marks series without a budget: series of a job that the platform does not define, and series without a job (results of rules)`;

function mark(job: JobSeries): string {
  if (excess(job).length > 0) return '✗';
  return job.budget === undefined ? withoutBudget : '✓';
}

function described(job: JobSeries): string {
  const reasons = excess(job);
  const { series, targets, budget } = job;
  if (reasons.length > 0) return reasons.join('; ');
  const of = targets === 0 ? '' : ` of ${plural(targets, 'target')}`;
  return `${series} series${of}${budget === undefined ? '' : `, budget ${budget}`}`;
}

function unusedLines(
  jobs: readonly JobSeries[],
  used: ReadonlySet<string>,
  shown: number,
): readonly string[] {
  const unused = jobs
    .map((job) => ({ job, metrics: job.metrics.filter(({ name }) => !used.has(name)) }))
    .filter(({ metrics }) => metrics.length > 0);
  const count = sum(unused.flatMap(({ metrics }) => metrics.map(({ series }) => series)));
  return [
    `${count} series are in no rule, panel or document (for information, no action is necessary):`,
    ...unused.flatMap(({ job, metrics }) => [
      `  ${title(job)}: ${sum(metrics.map(({ series }) => series))} series of ${plural(metrics.length, 'metric')}`,
      ...metrics.slice(0, shown).map(({ name, series }) => `    ${name}  ${series}`),
    ]),
  ];
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
