const notProse = '\0';

const blank = (text: string) => text.replace(/\S/g, notProse);

/** Masks the matches of the patterns. The length and the line breaks of the text do not change. */
export function mask(text: string, patterns: readonly RegExp[]): string {
  return patterns.reduce((masked, pattern) => masked.replace(pattern, blank), text);
}

/** UTF-16 offsets. The end is excluded. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * Masks the text outside `ranges`.
 * @param prose callback that returns a text of the same length
 */
export function keep<R extends Range>(
  text: string,
  ranges: readonly R[],
  prose: (text: string, range: R) => string,
): string {
  let kept = '';
  for (const range of [...ranges].sort((one, other) => one.start - other.start)) {
    // Ignores a range that starts inside an earlier range.
    if (range.start < kept.length) continue;
    kept += blank(text.slice(kept.length, range.start));
    kept += prose(text.slice(range.start, range.end), range);
  }
  return kept + blank(text.slice(kept.length));
}
