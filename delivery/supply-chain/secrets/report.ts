import { reviewed as committed, type Reviewed } from './reviewed.ts';
import type { Found } from './scan.ts';

export interface SecretsReport {
  /**
   * One line for each place with a found text that nobody has reviewed. The line contains the file, the line number,
   * the commit and the rules, but never the text.
   */
  readonly failures: readonly string[];
  /** Number of places whose found text is reviewed. */
  readonly reviewed: number;
  /** Entries of the list of reviewed texts that match no text in the history. */
  readonly unused: readonly Reviewed[];
}

/** Compares found texts with the reviewed texts. */
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

/**
 * The rules that found a text, by the place of the text. A rule of gitleaks and a pattern of the plan review can find
 * the same text.
 */
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
