export function missingPrerequisite(
  packages: readonly string[],
  options?: { readonly root?: string; readonly node?: string },
): string | undefined;
export function requirePrerequisites(packages: readonly string[]): void;
