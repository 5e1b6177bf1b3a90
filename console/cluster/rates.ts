import { changes, div, type Expression, mul, range, rate, sum, type Vector } from '../../metrics/promql.ts';

/** Window for rates: four scrape intervals of a cluster. After one failed scrape, a rate still has enough samples. */
const window = '2m';
/** Window for pushes and alerts. They are rare. Therefore the page shows a push or an alert for five minutes. */
const rareWindow = '5m';
const rareMinutes = 5;

/** The sum of the rates of all series of a counter, per second. */
export const perSecond = (counter: Vector): Vector<never> => sum(rate(range(counter, window)));

/** The sum of the rates of all series of a counter, per minute. */
export const perMinute = (counter: Vector): Expression => mul(sum(rate(range(counter, rareWindow))), 60);

/** Number of changes per minute of a gauge that contains a time. */
export const changesPerMinute = (gauge: Vector): Expression =>
  div(sum(changes(range(gauge, rareWindow))), rareMinutes);
