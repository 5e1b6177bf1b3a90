/** A generated file, or a file with generated text between two marker lines. */
export interface Generated {
  readonly file: string;
  /** Returns the new text of the file. `current` is empty if the file is missing. */
  readonly text: (current: string) => string | Promise<string>;
}

/**
 * Replaces the text between the two marker lines of a region.
 * @throws Error if the region is missing
 */
export function withRegion(text: string, name: string, content: string): string {
  const marked = new RegExp(
    `(^.*generated: ${name}\\b.*\\n)[\\s\\S]*?(^.*end of generated: ${name}\\b)`,
    'm',
  );
  if (!marked.test(text))
    throw new Error(
      `The text has no region 'generated: ${name}'. Add a line with 'generated: ${name}', and a line with 'end of generated: ${name}'.`,
    );
  return text.replace(marked, (_, begin: string, end: string) => `${begin}${content.trimEnd()}\n${end}`);
}
