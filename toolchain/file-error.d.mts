export function describeFileError(error: unknown, root?: string): string | undefined;
