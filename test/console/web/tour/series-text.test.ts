import { describe, expect, it } from 'vitest';
import {
  distinguishing,
  valueText,
  withoutSharedPlace,
} from '../../../../console/web/views/tour/series-text.ts';

describe('series names in the Tour', () => {
  it('contain only one label value if one label distinguishes all series', () => {
    expect(
      distinguishing([
        { __name__: 'x', cluster: 'a', environment: 'demo', instance: '1' },
        { __name__: 'x', cluster: 'b', environment: 'production', instance: '2' },
      ]),
    ).toEqual(['a', 'b']);
  });

  it('combine several labels if one label does not distinguish the series', () => {
    expect(
      distinguishing([
        { side: 'buy', reason: 'timeout' },
        { side: 'sell', reason: 'timeout' },
        { side: 'buy', reason: 'refused' },
      ]),
    ).toEqual(['buy · timeout', 'sell · timeout', 'buy · refused']);
  });

  it('contain "without labels" for a series that has no labels', () => {
    expect(distinguishing([{ cluster: 'a' }, {}])).toEqual(['a', 'without labels']);
  });
});

describe('the name of the only series in a query result', () => {
  it('is the metric name without the labels', () => {
    expect(distinguishing([{ __name__: 'usdt_vnd_rate', job: 'a' }])).toEqual(['usdt_vnd_rate']);
    expect(distinguishing([{}])).toEqual(['']);
  });
});

describe('names of components', () => {
  it('lose the part before the slash if this part is the same in all names', () => {
    expect(withoutSharedPlace(['east/nats', 'east/agent'])).toEqual(['nats', 'agent']);
    expect(withoutSharedPlace(['east/nats', 'west/nats'])).toEqual(['east/nats', 'west/nats']);
    expect(withoutSharedPlace(['east/nats'])).toEqual(['east/nats']);
    expect(withoutSharedPlace([])).toEqual([]);
  });
});

describe('the text of a value in the Tour', () => {
  it('is a number, a number with a unit, or a time of day', () => {
    expect(valueText(1234, undefined, 0)).toBe('1234');
    expect(valueText(45, 's', 0)).toBe('45 s');
    expect(valueText(76.2, 's', 0)).toBe('1 min 16 s');
    expect(valueText(79.2, 'mps', 0)).toBe('79.2 msg/s');
    expect(valueText(1_800_000_000, 'unix', 1_800_000_003.4)).toMatch(/^\d\d:\d\d:\d\d \(3 s ago\)$/);
  });

  it('shows an age of more than one minute in minutes and seconds', () => {
    expect(valueText(1_800_000_000, 'unix', 1_800_000_316)).toMatch(/ \(5 min 16 s ago\)$/);
    expect(valueText(1_800_000_000, 'unix', 1_799_999_990)).toMatch(/ \(0 s ago\)$/);
  });
});
