/**
 * Files that are not checked. They quote the words to avoid, or they are generated from texts that are checked
 * elsewhere.
 */
export const exempt: readonly string[] = [
  'scripts/prose/words.ts',
  'test/scripts/prose.test.ts',
  'docs/reference/',
  'test/stacks/goldens/',
];

/**
 * Files and folders that still contain words to replace. Their findings do not count. Remove entries from this list,
 * and do not add entries.
 */
export const notYetClean: readonly string[] = [];

/** Whether a file is in a list of files and folders. The path of a folder ends with a slash. */
export function isIn(entries: readonly string[], file: string): boolean {
  return entries.some((entry) => (entry.endsWith('/') ? file.startsWith(entry) : file === entry));
}
