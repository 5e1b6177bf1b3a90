/**
 * Files whose words are not their own prose: they quote the words to avoid, or they are generated from texts that are
 * checked in their own place.
 */
export const exempt: readonly string[] = [
  'scripts/prose/words.ts',
  'test/scripts/prose.test.ts',
  'docs/reference/',
  'test/stacks/goldens/',
];

/**
 * Folders and files that still have words to replace. Their findings do not count yet. Remove entries; do not add
 * entries.
 */
export const notYetClean: readonly string[] = [];

/** Whether a file is one of the entries, or is in one of them. A folder ends with a slash. */
export function isIn(entries: readonly string[], file: string): boolean {
  return entries.some((entry) => (entry.endsWith('/') ? file.startsWith(entry) : file === entry));
}
