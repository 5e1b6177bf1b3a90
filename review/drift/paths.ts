import { segments } from '../change/tree.ts';

/** Returns true if the first keys of `path` match the keys of `pattern`. */
export function isBelow(path: readonly string[], pattern: string): boolean {
  const keys = segments(pattern);
  const matches = (at: number, from: number): boolean => {
    const key = keys[at];
    if (key === undefined) return true;
    if (key === '*') return matches(at + 1, from + 1) || matches(at + 1, from);
    return path[from] === key && matches(at + 1, from + 1);
  };
  return matches(0, 0);
}

/** The path in the syntax of `drift.ignore`, such as `metadata.annotations[example.com/owner]`. */
export function pathText(path: readonly string[]): string {
  return path
    .map((key, index) => (/^[^.[\]\s]+$/.test(key) ? `${index === 0 ? '' : '.'}${key}` : `[${key}]`))
    .join('');
}
