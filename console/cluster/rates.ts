import { changes, div, type Expression, mul, range, rate, sum, type Vector } from '../../metrics/promql.ts';

/** Four scrape intervals of a cluster: a rate survives one failed scrape. */
const window = '2m';
/** Pushes and alerts are rare; a window of five minutes shows each of them for five minutes. */
const rareWindow = '5m';
const rareMinutes = 5;

/** The rate of all series of a counter together, per second. */
export const perSecond = (counter: Vector): Vector<never> => sum(rate(range(counter, window)));

/** The rate of all series of a counter together, per minute. */
export const perMinute = (counter: Vector): Expression => mul(sum(rate(range(counter, rareWindow))), 60);

/** How often a gauge with a time changes, per minute. */
export const changesPerMinute = (gauge: Vector): Expression =>
  div(sum(changes(range(gauge, rareWindow))), rareMinutes);
