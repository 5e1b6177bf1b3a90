import { describe, expect, it } from 'vitest';
import { isEqual, keepEqual } from '../../../console/web/keep-equal.ts';

const copy = <T>(value: T): T => structuredClone(value);

const before = { list: [{ name: 'nats', sizes: [1, 2] }, { name: 'console' }], flags: { ready: true } };

describe('keepEqual', () => {
  it('returns the previous value itself if the new value is equal', () => {
    expect(keepEqual(before, copy(before))).toBe(before);
    const map = new Map([['nats', { rate: 1 }]]);
    expect(keepEqual(map, copy(map))).toBe(map);
  });

  it('returns the previous object for each unchanged property of a value', () => {
    const next = copy(before);
    next.flags.ready = false;
    const kept = keepEqual(before, next);
    expect(kept).toEqual(next);
    expect(kept).not.toBe(before);
    expect(kept.list).toBe(before.list);
  });

  it('keeps the unchanged entries of a changed list or map', () => {
    const list = [{ at: 1 }, { at: 2 }];
    const longer = keepEqual(list, [{ at: 1 }, { at: 3 }, { at: 4 }]);
    expect(longer).toEqual([{ at: 1 }, { at: 3 }, { at: 4 }]);
    expect(longer[0]).toBe(list[0]);
    const map = new Map([
      ['a', { rate: 1 }],
      ['b', { rate: 2 }],
    ]);
    const shorter = keepEqual(map, new Map([['b', { rate: 2 }]]));
    expect(shorter).toEqual(new Map([['b', { rate: 2 }]]));
    expect(shorter.get('b')).toBe(map.get('b'));
  });

  it.each([
    ['a field is missing', { a: 1, b: 2 }, { a: 1 }],
    ['an additional field has the value undefined', { a: 1 }, { a: 1, b: undefined }],
    ['a field with the value undefined is renamed', { a: undefined }, { b: undefined }],
    ['an additional list entry has the value undefined', [1], [1, undefined]],
    ['only the key of a map entry changes', new Map([['a', undefined]]), new Map([['b', undefined]])],
    ['a list replaces an object', { 0: 1 }, [1]],
    ['an object replaces null', null, { a: 1 }],
    ['null replaces an object', { a: 1 }, null],
    ['a time changes', new Date(1), new Date(2)],
  ])('returns the new value if %s', (_, previous, next) => {
    expect(keepEqual<unknown>(previous, next)).toStrictEqual(next);
    expect(isEqual(previous, next)).toBe(false);
  });
});

describe('isEqual', () => {
  it('compares the content of lists and objects', () => {
    expect(isEqual(before, copy(before))).toBe(true);
    expect(isEqual(before, { ...copy(before), flags: { ready: false } })).toBe(false);
    expect(isEqual([1, [2, Number.NaN]], [1, [2, Number.NaN]])).toBe(true);
    expect(isEqual([1, [2]], [1, [3]])).toBe(false);
  });
});
