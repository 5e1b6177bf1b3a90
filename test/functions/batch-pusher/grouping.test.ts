import { expect, it } from 'vitest';
import { groupPath } from '../../../functions/batch-pusher/grouping.ts';

it.each([
  ['plain values as they are', 'nightly', { dag_id: 'a_b-1.2~' }, '/metrics/job/nightly/dag_id/a_b-1.2~'],
  ['slashes as base64', 'a/b', { path: '/x' }, '/metrics/job@base64/YS9i/path@base64/L3g'],
  ['nothing as a lone =', 'nightly', { none: '' }, '/metrics/job/nightly/none@base64/='],
  ['other alphabets as base64 of UTF-8', 'đêm', {}, '/metrics/job@base64/xJHDqm0'],
  ['what a path would resolve away as base64', '..', { dot: '.' }, '/metrics/job@base64/Li4/dot@base64/Lg'],
  ['spaces and signs as base64', 'a b', { q: '?#%' }, '/metrics/job@base64/YSBi/q@base64/PyMl'],
  ['labels in one order', 'j', { b: '2', a: '1' }, '/metrics/job/j/a/1/b/2'],
])('a group’s path has %s', (_, job, grouping, path) => {
  expect(groupPath(job, grouping)).toBe(path);
});
