import { type Command, InvalidArgumentError, Option } from 'commander';
import { type LaptopEngine, laptopEngines } from '../../config/topology.ts';
import { bounds, type FederationOptions, fullMatrix, smallMatrix } from './plan.ts';
import { metricCount } from './series.ts';

/** Omitted values come from `smallMatrix`, or from `fullMatrix` if `full` is true. */
export interface FederationArguments {
  readonly full?: boolean;
  readonly agents?: readonly number[];
  readonly series?: number;
  readonly interval?: number;
  readonly engines?: readonly LaptopEngine[];
}

export function addFederationOptions(command: Command): Command {
  const { agents, series, interval } = smallMatrix;
  return command
    .addOption(
      new Option('--agents <list>', `federation: numbers of agents (default: ${agents.join(',')})`).argParser(
        parseAgents,
      ),
    )
    .addOption(
      new Option('--series <N>', `federation: series of each agent (default: ${series})`).argParser(
        parseSeries,
      ),
    )
    .addOption(
      new Option(
        '--interval <seconds>',
        `federation: time between two scrapes (default: ${interval})`,
      ).argParser(parseInterval),
    )
    .addOption(
      new Option('--engines <list>', `federation: engines (default: ${laptopEngines.join(',')})`).argParser(
        parseEngines,
      ),
    )
    .option(
      '--full',
      `federation: ${fullMatrix.series} series and ${fullMatrix.interval} s, as in a cluster; takes about 45 minutes`,
    );
}

export function federationOptions({ full = false, ...replaced }: FederationArguments): FederationOptions {
  const { engines, agents, series, interval } = full ? fullMatrix : smallMatrix;
  return {
    engines: replaced.engines ?? engines,
    agents: replaced.agents ?? agents,
    series: replaced.series ?? series,
    interval: replaced.interval ?? interval,
  };
}

function parseAgents(text: string): readonly number[] {
  const { min, max } = bounds.agents;
  const counts = text.split(',').map((part) => wholeNumber(part.trim(), min, max));
  if (counts.includes(undefined) || counts.length > bounds.counts || new Set(counts).size < counts.length) {
    throw new InvalidArgumentError(
      `Expected at most ${bounds.counts} different whole numbers from ${min} to ${max}, such as 1,4,16.`,
    );
  }
  return counts as number[];
}

function parseSeries(text: string): number {
  const { min, max } = bounds.series;
  const series = wholeNumber(text, min, max);
  if (series !== undefined && series % metricCount === 0) return series;
  throw new InvalidArgumentError(
    `Expected a multiple of ${metricCount} from ${min} to ${max}, such as 2000. Each target has ${metricCount} metrics.`,
  );
}

function parseInterval(text: string): number {
  const { min, max } = bounds.interval;
  const interval = wholeNumber(text, min, max);
  if (interval !== undefined) return interval;
  throw new InvalidArgumentError(`Expected a whole number of seconds from ${min} to ${max}, such as 5.`);
}

function parseEngines(text: string): readonly LaptopEngine[] {
  const names = text.split(',').map((part) => part.trim());
  const engines = laptopEngines.filter((engine) => names.includes(engine));
  if (engines.length === names.length) return engines;
  throw new InvalidArgumentError(`Expected one or more of ${laptopEngines.join(', ')}, separated by commas.`);
}

function wholeNumber(text: string, min: number, max: number): number | undefined {
  const number = Number(text);
  return /^\d+$/.test(text) && number >= min && number <= max ? number : undefined;
}
