import { createHash } from 'node:crypto';

/** Countable content of a store, such as the samples of a job or the messages of a stream. */
export interface Part {
  /** Name of the part, unique in its store. */
  readonly name: string;
  readonly count: number;
  /** Noun that follows the number `count`, such as `samples` or `messages`. */
  readonly unit: string;
  readonly digest?: string;
  /** Unix time in milliseconds of the newest entry. Undefined if this time is unknown. */
  readonly newest?: number;
}

/** SHA-256 of the JSON text of a value. */
export const digestOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** Returns a sentence for each part in `recorded` that is missing, incomplete or different after the restore. */
export function missingIn(restored: readonly Part[], recorded: readonly Part[]): readonly string[] {
  const found = new Map(restored.map((part) => [part.name, part]));
  return recorded.flatMap((before) => {
    const after = found.get(before.name);
    const expected = `${before.count} ${before.unit}`;
    if (after === undefined) return [`${before.name} is missing: expected ${expected}.`];
    if (after.count < before.count) return [`${before.name} has ${after.count} of ${expected}.`];
    // Programs can write new data after the restore. New data changes the digest, but is no damage.
    const isNewer = (after.newest ?? 0) > (before.newest ?? 0);
    if (before.digest === undefined || isNewer || after.digest === before.digest) return [];
    return [
      `The restored content of ${before.name} (${after.count} ${before.unit}) differs from the content in the backup.`,
    ];
  });
}
