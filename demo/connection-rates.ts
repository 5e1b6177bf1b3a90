import { lookback } from '../metrics/duration.ts';
import { type Expression, increase, range, rate, sum, type Vector } from '../metrics/promql.ts';

/** The shortest window that holds enough samples for a rate. */
const window = lookback('1m');
/** Pushes and alerts are rare; a window of a minute shows each of them for a minute. */
const minute = '1m';

/** The rate of all series of a counter together, per second. */
export const perSecond = (counter: Vector): Expression => sum(rate(range(counter, window)));

/** The increase of all series of a counter together within the last minute. */
export const perMinute = (counter: Vector): Expression => sum(increase(range(counter, minute)));
