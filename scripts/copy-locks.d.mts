export const lockSuffix: string;
export class LockError extends Error {}
export function copyLocks(locks: string, outdir: string): void;
export function lockedVersions(text: string): Readonly<Record<string, string>>;
