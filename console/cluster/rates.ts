import { changes, div, type Expression, mul, range, rate, sum, type Vector } from '../../metrics/promql.ts';

/** A rate over four scrape intervals has enough samples even after a failed scrape. */
const window = '2m';
/** Window for rare events, such as a push. */
const rareWindow = '5m';
const rareMinutes = 5;

/** Rate per second, summed over all series of the counter. */
export const perSecond = (counter: Vector): Vector<never> => sum(rate(range(counter, window)));

/** Rate per minute, summed over all series of the counter. */
export const perMinute = (counter: Vector): Expression => mul(sum(rate(range(counter, rareWindow))), 60);

export const changesPerMinute = (gauge: Vector): Expression =>
  div(sum(changes(range(gauge, rareWindow))), rareMinutes);
