import { notation } from '../../metrics/duration.ts';
import { columns } from '../table.ts';
import type { Backtest, Comparison, Outcome } from './backtest.ts';
import type { Episode } from './firing.ts';

export type Verdict = 'same' | 'different' | 'failed';

const maxListedPeriods = 5;

const episodesOf = (outcome: Outcome) => (outcome && 'episodes' in outcome ? outcome.episodes : []);
const errorOf = (outcome: Outcome) => (outcome && 'error' in outcome ? outcome.error : undefined);
const keyOf = (episode: Episode) =>
  JSON.stringify([episode.from, episode.to, Object.entries(episode.labels).sort()]);

export function verdictOf({ loaded, checkout }: Comparison): Verdict {
  if (errorOf(loaded) !== undefined || errorOf(checkout) !== undefined) return 'failed';
  const keys = (outcome: Outcome) => episodesOf(outcome).map(keyOf).sort().join('\n');
  return keys(loaded) === keys(checkout) ? 'same' : 'different';
}

export function backtestReport(result: Backtest): string {
  const { span, comparisons, inlined, notCompared } = result;
  const fired = comparisons.filter((one) => verdictOf(one) !== 'same' || episodesOf(one.loaded).length > 0);
  const rows = [
    ['alert', 'loaded rules', 'this checkout', 'difference'],
    ...fired.map((one) => [one.alert, cell(one.loaded), cell(one.checkout), difference(one)]),
  ];
  const count = (verdict: Verdict) => comparisons.filter((one) => verdictOf(one) === verdict).length;
  return [
    `History from ${utc(span.from)} to ${utc(span.to)}: ${notation(span.to - span.from)}.`,
    ...(inlined.length > 0
      ? [
          `The backtest calculated these recorded series from their recording rules: ${inlined.join(', ')}. Each series has a new or changed rule in this checkout, or no samples at the start of the history.`,
        ]
      : []),
    ...(notCompared > 0
      ? [
          `Loaded alerts that were not compared: ${notCompared}. This checkout contains neither these alerts nor their groups.`,
        ]
      : []),
    '',
    ...(fired.length > 0 ? [columns(rows), ''] : []),
    ...fired.flatMap(details),
    `${comparisons.length} alerts: ${comparisons.length - fired.length} never fired, ${count('different')} differ between the loaded rules and this checkout, ${count('failed')} could not be evaluated`,
  ].join('\n');
}

function cell(outcome: Outcome): string {
  if (outcome === undefined) return 'no such alert';
  if ('error' in outcome) return 'not evaluated';
  const { episodes } = outcome;
  return episodes.length === 0 ? '0 times' : `${times(episodes.length)}, ${notation(total(episodes))}`;
}

const times = (count: number) => `${count} ${count === 1 ? 'time' : 'times'}`;

const total = (episodes: readonly Episode[]) => episodes.reduce((sum, { from, to }) => sum + to - from, 0);

function difference(one: Comparison): string {
  if (verdictOf(one) === 'failed') return 'unknown';
  if (verdictOf(one) === 'same') return 'none';
  const before = episodesOf(one.loaded);
  const after = episodesOf(one.checkout);
  const signed = (value: number, text: string) => `${value < 0 ? '-' : '+'}${text}`;
  const count = after.length - before.length;
  const length = total(after) - total(before);
  return `${signed(count, times(Math.abs(count)))}, ${signed(length, notation(Math.abs(length)))}`;
}

/** Report lines of an alert: its errors, or the firing periods that differ between the rule sets. */
function details(one: Comparison): readonly string[] {
  const errors = [
    ['loaded rules', errorOf(one.loaded)],
    ['this checkout', errorOf(one.checkout)],
  ].flatMap(([where, error]) => (error ? [`${one.alert} (${where}): ${error}`] : []));
  if (errors.length > 0) return [...errors, ''];
  const only = (these: Outcome, others: Outcome, where: string) => {
    const known = new Set(episodesOf(others).map(keyOf));
    return episodesOf(these)
      .filter((episode) => !known.has(keyOf(episode)))
      .map(
        ({ labels, from, to }) => `  ${utc(from)} for ${notation(to - from)}, ${where}: ${labelText(labels)}`,
      );
  };
  const found = [
    ...only(one.loaded, one.checkout, 'loaded rules'),
    ...only(one.checkout, one.loaded, 'this checkout'),
  ].sort();
  if (found.length === 0) return [];
  const more = found.length > maxListedPeriods ? [`  … and ${found.length - maxListedPeriods} more`] : [];
  return [one.alert, ...found.slice(0, maxListedPeriods), ...more, ''];
}

const labelText = (labels: Episode['labels']) =>
  `{${Object.entries(labels)
    .sort()
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(', ')}}`;

const utc = (time: number) => new Date(time * 1000).toISOString().replace(/\.000Z$/, 'Z');
