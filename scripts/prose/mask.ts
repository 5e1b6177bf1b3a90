/** Replaces one character that is not prose. A phrase cannot contain it. */
const notProse = '\0';

/** White space stays, therefore a phrase can go on after a line break. */
const blank = (text: string) => text.replace(/\S/g, notProse);

/** Replaces each match by characters that are not prose. The length and the line breaks stay the same. */
export function mask(text: string, patterns: readonly RegExp[]): string {
  return patterns.reduce((masked, pattern) => masked.replace(pattern, blank), text);
}

/** A range of a text in UTF-16 offsets, the end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Keeps only the given ranges of a text. @param prose turns the text of a range into prose of the same length */
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
