import { createHash } from 'node:crypto';
import type { Review } from '../../review/review.ts';

/**
 * SHA-256 of the changes that a review shows. Plans with the same digest look the same in a review. Sensitive values do
 * not change the digest, because a review does not show them.
 */
export function reviewDigest({ stacks }: Pick<Review, 'stacks'>): string {
  const seen = stacks.map(({ stack, complete, changes }) => ({
    stack,
    complete,
    changes: changes
      .map(({ change: { address, action, reason, versions, differences } }) => ({
        address,
        action,
        reason: reason ?? null,
        versions,
        differences,
      }))
      .sort((one, other) => (one.address < other.address ? -1 : 1)),
  }));
  return createHash('sha256').update(JSON.stringify(seen)).digest('hex');
}
