export const tiers = ['safe', 'review', 'dangerous', 'irreversible'] as const;

export type Tier = (typeof tiers)[number];

export const meanings: Readonly<Record<Tier, string>> = {
  safe: 'a rule covers the change, and the change does no harm',
  review: 'a person must read the change',
  dangerous:
    'the change can lose data, open an entry point, widen a right, or hide a fault; an operator can undo the change',
  irreversible: 'the change deletes data or an identity that no later deployment restores',
};

/** Returns the most dangerous tier of the list. Returns `safe` for an empty list. */
export function highest(list: readonly Tier[]): Tier {
  return tiers[Math.max(0, ...list.map((tier) => tiers.indexOf(tier)))] as Tier;
}

export function reaches(tier: Tier, limit: Tier): boolean {
  return tiers.indexOf(tier) >= tiers.indexOf(limit);
}
