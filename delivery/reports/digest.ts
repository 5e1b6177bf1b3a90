import { createHash } from 'node:crypto';
import type { Review } from '../../review/review.ts';

/**
 * SHA-256 of the changes in a review. Two things do not change the digest:
 * - sensitive values
 * - the arguments of a destroyed resource
 */
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
        // `differences` is empty for a created resource. Therefore `created` adds the arguments of the resource
        // to the digest.
        created: action === 'create' ? (after ?? null) : null,
      }))
      .sort((one, other) => (one.address < other.address ? -1 : 1)),
  }));
  return createHash('sha256').update(JSON.stringify(seen)).digest('hex');
}
