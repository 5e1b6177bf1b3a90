import type { Change } from '../change/change.ts';
import type { Difference } from '../change/difference.ts';
import { type EmbeddedChange, embeddedChanges } from '../change/embedded-objects.ts';
import { highest, type Tier } from '../tier.ts';
import { rules, unknownDifference } from './all-rules.ts';
import type { Rule } from './rule.ts';

export interface Finding extends Omit<Rule, 'looksAt' | 'when'> {
  readonly stack: string;
  readonly address: string;
  /** Name of the changed resource in the report, such as `NetworkPolicy nats/deny-ingress`. */
  readonly on: string;
  readonly places: readonly Place[];
}

export interface Place {
  readonly path: readonly string[];
  /** Short text about the change that the rule found, such as `10d → 3d`. */
  readonly evidence: string;
}

export interface Rated {
  readonly change: Change;
  readonly tier: Tier;
  /** The findings in the order of `rules`. */
  readonly findings: readonly Finding[];
}

export function rate(change: Change): Rated {
  const embedded = embeddedChanges(change);
  const known = rules.flatMap((rule) => findingOf(rule, change, embedded) ?? []);
  const others = change.differences.filter(({ path }) => !known.some((finding) => covers(finding, path)));
  const findings =
    change.action === 'update' && others.length > 0 ? [...known, unknownFinding(change, others)] : known;
  const tier = highest(findings.map((finding) => finding.tier));
  // Findings of these rules are left out if a more specific finding is at least as severe.
  const general = ['destroyed', 'replaced', 'forgotten', 'created'];
  const special = findings.filter(({ id }) => !general.includes(id));
  const shown = special.some((finding) => finding.tier === tier) ? special : findings;
  return { change, tier, findings: shown };
}

function findingOf(rule: Rule, change: Change, embedded: readonly EmbeddedChange[]): Finding | undefined {
  const places = [
    ...placesIn(rule, change),
    ...embedded.flatMap((object) =>
      placesIn(rule, object.change).map(({ path, evidence }) => ({ path: object.outerPath(path), evidence })),
    ),
  ];
  return places.length > 0 ? finding(rule, change, places) : undefined;
}

function placesIn({ looksAt, when }: Rule, change: Change): readonly Place[] {
  return looksAt.flatMap((look) =>
    look.pairs(change).flatMap((pair) => {
      const evidence = when(pair, change);
      return evidence === undefined ? [] : [{ path: pair.path, evidence }];
    }),
  );
}

function unknownFinding(change: Change, others: readonly Difference[]): Finding {
  const places = others.map(({ path }) => ({ path, evidence: path.join('.') }));
  return finding(unknownDifference, change, places);
}

function finding(
  { id, tier, concern, title, reason, remedy }: Omit<Rule, 'looksAt' | 'when'>,
  { stack, address, name }: Change,
  places: readonly Place[],
): Finding {
  return { id, tier, concern, title, reason, remedy, stack, address, on: name, places };
}

/** A finding that `tags.owner` is safe does not prove that `tags` is safe. */
function covers({ places, tier }: Finding, path: readonly string[]): boolean {
  return places.some(({ path: place }) => {
    if (place.length > path.length && tier === 'safe') return false;
    const length = Math.min(place.length, path.length);
    return place.slice(0, length).every((key, index) => key === path[index]);
  });
}
