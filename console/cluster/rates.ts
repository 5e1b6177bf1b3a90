import { changes, div, type Expression, mul, range, rate, sum, type Vector } from '../../metrics/promql.ts';

/** Four scrape intervals of a cluster. A rate still has enough samples after one failed scrape. */
const window = '2m';
/** Pushes and alerts are rare. The page shows each of them for five minutes. */
const rareWindow = '5m';
const rareMinutes = 5;

/** Rate of a counter per second, over all its series. */
export const perSecond = (counter: Vector): Vector<never> => sum(rate(range(counter, window)));

/** Rate of a counter per minute, over all its series. */
export const perMinute = (counter: Vector): Expression => mul(sum(rate(range(counter, rareWindow))), 60);

/** Changes per minute of a gauge whose value is a time. */
export const changesPerMinute = (gauge: Vector): Expression =>
  div(sum(changes(range(gauge, rareWindow))), rareMinutes);
