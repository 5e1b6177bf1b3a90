import { reaches, type Tier } from '../../review/tier.ts';

/**
 * Labels of a pull request. The label of a tier allows the deployment of plans of this tier and of every lower tier.
 */
export const acceptLabels = {
  dangerous: 'plan:accept-dangerous',
  irreversible: 'plan:accept-irreversible',
} as const satisfies Partial<Record<Tier, string>>;

const acceptingTiers = Object.keys(acceptLabels) as (keyof typeof acceptLabels)[];

export interface PullRequestPolicy {
  /** Plans of this tier or of a higher tier need a label that accepts them. Undefined: no plan needs a label. */
  readonly failOn: Tier | undefined;
  readonly labels: readonly string[];
}

/** Whether the policy accepts plans whose highest tier is `tier`. */
export function isAccepted(tier: Tier, { failOn, labels }: PullRequestPolicy): boolean {
  if (failOn === undefined || !reaches(tier, failOn)) return true;
  return acceptingTiers.some(
    (accepted) => reaches(accepted, tier) && labels.includes(acceptLabels[accepted]),
  );
}

/** Returns the label for the lowest tier that includes `tier`. The labels for higher tiers would accept more plans. */
export function labelFor(tier: Tier): string {
  const lowest = acceptingTiers.find((accepted) => reaches(accepted, tier)) ?? 'irreversible';
  return acceptLabels[lowest];
}

export function acceptingLabels(labels: readonly string[]): readonly string[] {
  return Object.values(acceptLabels).filter((label) => labels.includes(label));
}
