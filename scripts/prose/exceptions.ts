/**
 * These files are not checked. Some of them quote words to avoid. The others are generated, and the check reads the
 * texts from which they are generated.
 */
export const exempt: readonly string[] = [
  'scripts/prose/words.ts',
  'test/scripts/prose.test.ts',
  'docs/reference/',
  'test/stacks/goldens/',
];

/** Files and folders in which the check ignores all findings. Do not add entries. */
export const notYetClean: readonly string[] = [];

/** The path of a folder ends with a slash. */
export function isIn(entries: readonly string[], file: string): boolean {
  return entries.some((entry) => (entry.endsWith('/') ? file.startsWith(entry) : file === entry));
}
