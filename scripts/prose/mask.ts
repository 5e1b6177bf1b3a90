/** Replacement for a character that is not prose. No phrase contains this character. */
const notProse = '\0';

/** Replaces text that is not prose. White space is kept, because a phrase can continue after a line break. */
const blank = (text: string) => text.replace(/\S/g, notProse);

/** Replaces each match with characters that are not prose. The length and the line breaks of the text do not change. */
export function mask(text: string, patterns: readonly RegExp[]): string {
  return patterns.reduce((masked, pattern) => masked.replace(pattern, blank), text);
}

/** A range of a text in UTF-16 offsets. The end does not belong to the range. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * Replaces everything outside the ranges.
 * @param prose returns the prose of a range, with the same length
 */
export function keep<R extends Range>(
  text: string,
  ranges: readonly R[],
  prose: (text: string, range: R) => string,
): string {
  let kept = '';
  for (const range of [...ranges].sort((one, other) => one.start - other.start)) {
    if (range.start < kept.length) continue;
    kept += blank(text.slice(kept.length, range.start));
    kept += prose(text.slice(range.start, range.end), range);
  }
  return kept + blank(text.slice(kept.length));
}
