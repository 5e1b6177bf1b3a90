/** Files that are not checked. They quote words to avoid, or they are generated from checked texts. */
export const exempt: readonly string[] = [
  'scripts/prose/words.ts',
  'test/scripts/prose.test.ts',
  'docs/reference/',
  'test/stacks/goldens/',
];

/** Files and folders with words that still must be replaced. Their findings do not count. Do not add entries. */
export const notYetClean: readonly string[] = [];

/** Whether a list of files and folders contains a file. The path of a folder ends with a slash. */
export function isIn(entries: readonly string[], file: string): boolean {
  return entries.some((entry) => (entry.endsWith('/') ? file.startsWith(entry) : file === entry));
}
