import type { Review } from './review.ts';
import type { Finding } from './rules/findings.ts';
import { reaches, type Tier } from './tier.ts';

/** The conditions under which a finding makes the review fail. */
export interface Policy {
  /** The review fails at this tier and at higher tiers. Undefined: no finding fails the review. */
  readonly failOn: Tier | undefined;
  /** Ids of the rules whose findings do not fail the review. */
  readonly accept: readonly string[];
}

export const exitCodes = { accepted: 0, failed: 1, unreadable: 2 } as const;

export function violations(review: Review, { failOn, accept }: Policy): readonly Finding[] {
  if (failOn === undefined) return [];
  return review.stacks
    .flatMap(({ changes }) => changes.flatMap(({ findings }) => findings))
    .filter(({ id, tier }) => reaches(tier, failOn) && !accept.includes(id));
}
