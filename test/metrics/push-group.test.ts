import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalGrouping, groupPath, storedGroupPath } from '../../metrics/push-group.ts';

it.each([
  ['plain values as they are', 'nightly', { dag_id: 'a_b-1.2~' }, '/metrics/job/nightly/dag_id/a_b-1.2~'],
  ['slashes as base64', 'a/b', { path: '/x' }, '/metrics/job@base64/YS9i/path@base64/L3g'],
  ['no label whose value is empty', 'nightly', { none: '', b: 'c' }, '/metrics/job/nightly/b/c'],
  ['letters outside ASCII as base64 of UTF-8', 'đêm', {}, '/metrics/job@base64/xJHDqm0'],
  [
    'values . and .. as base64, because a path would resolve them',
    '..',
    { dot: '.' },
    '/metrics/job@base64/Li4/dot@base64/Lg',
  ],
  ['spaces and signs as base64', 'a b', { q: '?#%' }, '/metrics/job@base64/YSBi/q@base64/PyMl'],
  ['labels in alphabetical order', 'j', { b: '2', a: '1' }, '/metrics/job/j/a/1/b/2'],
])('the URL path of a push group contains %s', (_, job, grouping, path) => {
  expect(groupPath(job, grouping)).toBe(path);
});

it('an empty label `instance` is `instance@base64/=` in the URL path of its group', () => {
  expect(storedGroupPath({ instance: '', job: 'x' })).toBe('/metrics/job/x/instance@base64/=');
});

it('two grouping keys that differ only in empty labels have the same URL path', () => {
  const grouping = fc.dictionary(fc.constantFrom('a', 'b', 'instance'), fc.constantFrom('', '1', '/'));
  const seen = (labels: object) =>
    Object.entries(labels)
      .filter(([, value]) => value !== '')
      .map((pair) => pair.join('='))
      .sort()
      .join();
  fc.assert(
    fc.property(grouping, grouping, (one, other) => {
      expect(groupPath('j', one) === groupPath('j', other)).toBe(seen(one) === seen(other));
      expect(JSON.stringify(canonicalGrouping(one)) === JSON.stringify(canonicalGrouping(other))).toBe(
        seen(one) === seen(other),
      );
    }),
    { numRuns: 500 },
  );
});
