import { reaches, type Tier } from '../../review/tier.ts';

/** Labels of a pull request. A label accepts plans of its tier and of every lower tier. */
export const acceptLabels = {
  dangerous: 'plan:accept-dangerous',
  irreversible: 'plan:accept-irreversible',
} as const satisfies Partial<Record<Tier, string>>;

const acceptingTiers = Object.keys(acceptLabels) as (keyof typeof acceptLabels)[];

export interface PullRequestPolicy {
  readonly failOn: Tier | undefined;
  readonly labels: readonly string[];
}

export function isAccepted(tier: Tier, { failOn, labels }: PullRequestPolicy): boolean {
  if (failOn === undefined || !reaches(tier, failOn)) return true;
  return acceptingTiers.some(
    (accepted) => reaches(accepted, tier) && labels.includes(acceptLabels[accepted]),
  );
}

export function labelFor(tier: Tier): string {
  const lowest = acceptingTiers.find((accepted) => reaches(accepted, tier)) ?? 'irreversible';
  return acceptLabels[lowest];
}

export function acceptingLabels(labels: readonly string[]): readonly string[] {
  return Object.values(acceptLabels).filter((label) => labels.includes(label));
}
