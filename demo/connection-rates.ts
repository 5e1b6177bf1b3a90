import { lookback } from '../metrics/duration.ts';
import { type Expression, increase, range, rate, sum, type Vector } from '../metrics/promql.ts';

/** The shortest window with enough samples for a rate. */
const window = lookback('1m');
/** The map shows each push and each alert for a minute, because both are rare. */
const minute = '1m';

export const perSecond = (counter: Vector): Expression => sum(rate(range(counter, window)));

export const perMinute = (counter: Vector): Expression => sum(increase(range(counter, minute)));
