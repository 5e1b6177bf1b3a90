import { reviewed as committed, type Reviewed } from './reviewed.ts';
import type { Found } from './scan.ts';

export interface SecretsReport {
  /** A message for each place that is not reviewed. No message contains a possible secret. */
  readonly failures: readonly string[];
  /** Number of places where a text looks like a secret, but `reviewed.ts` accepts the text. */
  readonly reviewed: number;
  readonly unused: readonly Reviewed[];
}

/** Compares the possible secrets that the scanner found with the entries of `reviewed.ts`. */
export function secretsReport(
  found: readonly Found[],
  reviewed: readonly Reviewed[] = committed,
): SecretsReport {
  const reviewOf = ({ file, text }: Found) =>
    reviewed.find((review) => file.startsWith(review.files) && review.text.test(text));
  const used = new Set(found.map(reviewOf));
  const open = byPlace(found.filter((each) => reviewOf(each) === undefined));
  return {
    failures: [...open].map(([place, rules]) => `${place}  ${rules.toSorted().join('; ')}`),
    reviewed: byPlace(found.filter((each) => reviewOf(each) !== undefined)).size,
    unused: reviewed.filter((review) => !used.has(review)),
  };
}

/** The keys are places, such as `main.tf:12  commit 0123456789ab`. The values are rules. */
function byPlace(found: readonly Found[]): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  for (const { file, line, commit, rule, what } of found) {
    const place = `${file}:${line}  commit ${commit.slice(0, 12)}`;
    const rules = places.get(place) ?? [];
    rules.push(`${rule}: ${what}`);
    places.set(place, rules);
  }
  return places;
}
