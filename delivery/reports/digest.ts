import { createHash } from 'node:crypto';
import type { Review } from '../../review/review.ts';

/**
 * A digest of what a review shows: the changes of each stack with their differences. Two plans with the same digest do
 * the same, as far as a reviewer can see. The digest covers no sensitive value, because the review hides them.
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
