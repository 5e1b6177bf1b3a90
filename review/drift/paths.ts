import { segments } from '../change/tree.ts';

/** Whether a pattern covers a path or a parent of the path. `*` in the pattern stands for any key. */
export function isBelow(path: readonly string[], pattern: string): boolean {
  const keys = segments(pattern);
  // A list with one element has no key in the path, therefore `*` also stands for no key.
  const matches = (at: number, from: number): boolean => {
    const key = keys[at];
    if (key === undefined) return true;
    if (key === '*') return matches(at + 1, from + 1) || matches(at + 1, from);
    return path[from] === key && matches(at + 1, from + 1);
  };
  return matches(0, 0);
}

/** A path as text. A key with points is in brackets, as in `drift.ignore`. */
export function pathText(path: readonly string[]): string {
  return path
    .map((key, index) => (/^[^.[\]\s]+$/.test(key) ? `${index === 0 ? '' : '.'}${key}` : `[${key}]`))
    .join('');
}
