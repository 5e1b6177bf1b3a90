import { describe, expect, it } from 'vitest';
import { positionOf } from '../../../console/web/views/explore/query-error.ts';

describe('the position of an error in a query', () => {
  it('is the line and column in the error message of Prometheus', () => {
    const text = 'invalid parameter "query": 2:5: parse error: unexpected end of input';
    expect(positionOf(text)).toEqual({ line: 2, column: 5, message: 'parse error: unexpected end of input' });
  });

  it('is undefined if the message contains no position', () => {
    expect(positionOf('query timed out in expression evaluation')).toBeUndefined();
  });
});
