/** A file, or a region of a file, that is generated from the code. */
export interface Generated {
  /** Path below the root of the project. */
  readonly file: string;
  /** The whole text of the file. @param current its text now, empty if it is missing */
  readonly text: (current: string) => string | Promise<string>;
}

/**
 * Replaces the text between two marker lines that carry the name of the region.
 * @throws Error if the text has no such region
 */
export function withRegion(text: string, name: string, content: string): string {
  const marked = new RegExp(
    `(^.*generated: ${name}\\b.*\\n)[\\s\\S]*?(^.*end of generated: ${name}\\b)`,
    'm',
  );
  if (!marked.test(text))
    throw new Error(`The text has no region 'generated: ${name}'. Add its two marker lines`);
  return text.replace(marked, (_, begin: string, end: string) => `${begin}${content.trimEnd()}\n${end}`);
}
