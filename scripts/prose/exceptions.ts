/** The check skips files that quote forbidden words, and files that are generated from checked sources. */
export const exempt: readonly string[] = [
  'scripts/prose/words.ts',
  'test/scripts/prose.test.ts',
  'docs/reference/',
  'test/stacks/goldens/',
];

/** Files and folders in which the check ignores all findings. Do not add entries. */
export const notYetClean: readonly string[] = [];

/** An entry with a slash at its end is a folder. */
export function isIn(entries: readonly string[], file: string): boolean {
  return entries.some((entry) => (entry.endsWith('/') ? file.startsWith(entry) : file === entry));
}
