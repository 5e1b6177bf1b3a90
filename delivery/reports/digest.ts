import { createHash } from 'node:crypto';
import type { Review } from '../../review/review.ts';

/** SHA-256 of the changes, without sensitive values and without arguments of destroyed resources. */
export function reviewDigest({ stacks }: Pick<Review, 'stacks'>): string {
  const seen = stacks.map(({ stack, complete, changes }) => ({
    stack,
    complete,
    changes: changes
      .map(({ change: { address, action, reason, versions, differences, after } }) => ({
        address,
        action,
        reason: reason ?? null,
        versions,
        differences,
        // The list `differences` of a created resource is empty.
        created: action === 'create' ? (after ?? null) : null,
      }))
      .sort((one, other) => (one.address < other.address ? -1 : 1)),
  }));
  return createHash('sha256').update(JSON.stringify(seen)).digest('hex');
}
