import { describe, expect, it } from 'vitest';
import { canonical } from '../../metrics/promql-canonical.ts';

describe('the canonical text of a query', () => {
  it.each([
    ['a{y="2",x="1"}', 'a{ x="1", y="2" }'],
    ['sum by (b, a) (x)', 'sum(x) by (a,b)'],
    ['rate(a[90s])', 'rate(a[1m30s])'],
    ['a > 1000000', 'a > 1e+06'],
    ['a * on(x) group_left b', 'a * on (x) group_left () b'],
    ['a * on(x) group_left(c, b) d', 'a * on (x) group_left (b,c) d'],
  ])('is the same for `%s` and `%s`', (one, other) => {
    expect(canonical(one)).toBe(canonical(other));
  });

  it.each([
    ['a{x="1"}', 'a{x="2"}'],
    ['sum by (a) (x)', 'sum without (a) (x)'],
    ['sum by ("a.b") (x)', 'sum by ("c.d") (x)'],
    ['a * on (x) b', 'a * on (x) group_left () b'],
    ['a * on (x) group_left (b) c', 'a * on (x) group_right (b) c'],
    ['a * on (x) group_left (b) c', 'a * on (x) group_left (d) c'],
  ])('is different for `%s` and `%s`', (one, other) => {
    expect(canonical(one)).not.toBe(canonical(other));
  });
});
