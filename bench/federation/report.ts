import { atLeast, atMost, figure } from '../figures.ts';
import type { FullSpeed } from './full-speed.ts';
import type { Run } from './plan.ts';
import type { Steady } from './steady.ts';

export interface Result {
  readonly run: Run;
  readonly load: readonly [before: number, after: number];
  readonly steady: Steady;
  readonly fullSpeed: FullSpeed;
}

type Column = readonly [header: string, text: (result: Result) => string];

const count = (value: number) => Math.round(value).toLocaleString('en-US');
const fixed = (value: number, digits = 1) => value.toFixed(digits);
const percent = (share: number) => `${(share * 100).toFixed(0)} %`;

const identity: readonly Column[] = [
  ['engine', ({ run }) => run.engine],
  ['agents × series, interval', ({ run }) => `${run.agents} × ${count(run.series)}, ${run.interval} s`],
];

const steadyColumns: readonly Column[] = [
  ...identity,
  ['load', ({ load }) => load.map((value) => value.toFixed(0)).join('–')],
  ['samples/s', ({ steady }) => count(steady.samplesPerSecond)],
  ['CPU per sample, µs: storing, other, agents', ({ steady }) => cpuText(steady.cpuPerSample)],
  ['KB per series and copy', ({ steady }) => fixed(steady.bytesPerSeries / 1000)],
  ['MB per agent', ({ steady }) => fixed(steady.agentBytes / 1e6, 0)],
  [
    'freshness p50, p99, s',
    ({ steady: { freshness } }) => `${fixed(freshness.p50)}, ${fixed(freshness.p99)}`,
  ],
  ['lost, extra of', ({ steady: { loss } }) => `${loss.lost}, ${loss.extra} of ${count(loss.of)}`],
  [
    'growth of CPU, memory, freshness',
    ({ steady: { growth } }) =>
      [growth.cpu, growth.memory, growth.freshness].map((value) => fixed(value, 2)).join(', '),
  ],
];

const ruleColumns: readonly Column[] = [
  ...identity,
  ['slowest group, ms', ({ steady }) => fixed(steady.rules.slowestGroup * 1000)],
  ['all groups, ms', ({ steady }) => fixed(steady.rules.allGroups * 1000)],
  ['share of the interval', (result) => percent(ruleShare(result))],
  ['one query over all clusters, ms', ({ steady }) => fixed(steady.rawQuery * 1000, 0)],
  ['failed or incomplete queries', ({ steady: { missing } }) => `${missing.answers} of ${missing.of}`],
];

const speedColumns: readonly Column[] = [
  ['engine', ({ run }) => run.engine],
  ['agents', ({ run }) => String(run.agents)],
  ['samples/s from agents', ({ fullSpeed }) => count(fullSpeed.agents.samplesPerSecond)],
  ['from the load generator', ({ fullSpeed }) => count(fullSpeed.generator.samplesPerSecond)],
  ['ratio', (result) => percent(speedRatio(result))],
  ['CPU per sample, µs: agents', ({ fullSpeed }) => fixed(fullSpeed.agents.cpuPerSample)],
  ['load generator', ({ fullSpeed }) => fixed(fullSpeed.generator.cpuPerSample)],
  ['ratio of CPU', (result) => percent(cpuRatio(result))],
];

export function tables(results: readonly Result[]): string {
  return [
    ['At the rate of the scrapes', steadyColumns],
    ['Rules', ruleColumns],
    ['At full speed', speedColumns],
  ]
    .map(([title, columns]) => `${title}:\n\n${table(columns as readonly Column[], results)}`)
    .join('\n\n');
}

function table(columns: readonly Column[], results: readonly Result[]): string {
  const rows = [
    columns.map(([header]) => header),
    columns.map(() => '---'),
    ...results.map((result) => columns.map(([, text]) => text(result))),
  ];
  return rows
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
    .replace(/(\| --- )+\|/, (rule) => rule.replaceAll(' ', ''));
}

export function printGoals(result: Result): void {
  const { run, steady } = result;
  const { interval } = run;
  console.log(`  ${run.engine}, ${run.agents} agents with ${run.series} series each`);
  const share = (value: number) => Math.round(value * 100);
  figure(
    'full speed, agents in relation to the generator',
    percent(speedRatio(result)),
    atLeast(share(speedRatio(result)), 90, ' %'),
  );
  figure(
    'CPU per sample, agents in relation to the generator',
    percent(cpuRatio(result)),
    atMost(share(cpuRatio(result)), 110, ' %'),
  );
  figure(
    'freshness p99',
    `${fixed(steady.freshness.p99)} s`,
    atMost(steady.freshness.p99, interval + 2, ' s'),
  );
  figure('lost samples', String(steady.loss.lost), atMost(steady.loss.lost, 0, ''));
  figure('samples that count twice', String(steady.loss.extra), atMost(steady.loss.extra, 0, ''));
  figure(
    'evaluation of all rules, share of the interval',
    percent(ruleShare(result)),
    atMost(ruleShare(result) * 100, 10, ' %'),
  );
}

const speedRatio = ({ fullSpeed: { agents, generator } }: Result) =>
  agents.samplesPerSecond / generator.samplesPerSecond;

const cpuRatio = ({ fullSpeed: { agents, generator } }: Result) =>
  agents.cpuPerSample / generator.cpuPerSample;

const ruleShare = ({ run, steady }: Result) => steady.rules.allGroups / run.interval;

const cpuText = ({ storing, others, agents }: Steady['cpuPerSample']) =>
  [storing, others, agents].map((value) => fixed(value)).join(', ');
