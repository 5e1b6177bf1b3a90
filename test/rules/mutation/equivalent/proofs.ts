import type { Mutant } from '../mutants.ts';
import { type Candidate, placeOf } from './place.ts';
import { isFixedLabel, isRepeatedMatcher } from './repeated-matcher.ts';
import { isSameSign } from './same-sign.ts';
import { isUnusedValue } from './unused-value.ts';
import { isSameForWholeNumbers } from './whole-numbers.ts';

export interface RecordingFacts {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

interface Proof {
  readonly reason: string;
  readonly holds: (candidate: Candidate, recordings: readonly RecordingFacts[]) => boolean;
}

const proofs: readonly Proof[] = [
  {
    reason:
      'The other operand has the same matcher, and the operator only combines series with the same label.',
    holds: isRepeatedMatcher,
  },
  {
    reason: 'All series of both operands have the same value of the label, and the operator compares it.',
    holds: isFixedLabel,
  },
  {
    reason: 'The change only affects values, and the rule only uses which series exist.',
    holds: (candidate) => isUnusedValue(candidate),
  },
  {
    reason: 'The values are never negative, and the comparison with 0 only uses which values are positive.',
    holds: (candidate) => isSameSign(candidate, candidate.rule.expr),
  },
  {
    reason: 'The left side counts, and no whole number lies between the two limits.',
    holds: isSameForWholeNumbers,
  },
];

/** The reason why a mutant has the same result as its rule. Undefined without a proof. */
export function proofOf(
  { original: rule, edit: change }: Pick<Mutant, 'original' | 'edit'>,
  recordings: readonly RecordingFacts[],
): string | undefined {
  if (!change) return undefined;
  const place = placeOf(rule.expr, change.from, change.to);
  return proofs.find(({ holds }) => holds({ rule, change, place }, recordings))?.reason;
}
