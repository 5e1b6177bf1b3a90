import { lookback } from '../metrics/duration.ts';
import { type Expression, increase, range, rate, sum, type Vector } from '../metrics/promql.ts';

/** The shortest window that contains enough samples for a rate. */
const window = lookback('1m');
/** Window for pushes and alerts. They are rare. Therefore the map shows a push or an alert for a minute. */
const minute = '1m';

/** The sum of the rates of all series of a counter, per second. */
export const perSecond = (counter: Vector): Expression => sum(rate(range(counter, window)));

/** The sum of the increases of all series of a counter in the last minute. */
export const perMinute = (counter: Vector): Expression => sum(increase(range(counter, minute)));
