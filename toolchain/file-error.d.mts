export function describeFileError(error: unknown): string | undefined;
