import { type Action, actions } from './change/action.ts';
import type { Change } from './change/change.ts';
import { changesOf } from './change/changes.ts';
import { type Impact, impactOf } from './impact/impact.ts';
import type { Plan } from './plan/read-plan.ts';
import { type Rated, rate } from './rules/findings.ts';
import { refusePlainSecrets } from './secrets/refuse.ts';
import { highest, type Tier } from './tier.ts';

export interface StackReview {
  readonly stack: string;
  readonly tier: Tier;
  readonly counts: Readonly<Record<Action, number>>;
  readonly changes: readonly Rated[];
  /** Resources that somebody changed outside Terraform. */
  readonly drift: readonly Change[];
  /** Number of updates without a real difference, such as a different letter case in an Azure id. */
  readonly noise: number;
  /** False if the plan does not contain all changes, for example because of `-target`. */
  readonly complete: boolean;
}

export interface Review {
  readonly tier: Tier;
  readonly stacks: readonly StackReview[];
  readonly impact: readonly Impact[];
}

/**
 * Reviews plans and hides sensitive values.
 * @throws PlanError if a plan contains a plain-text secret
 */
export function reviewPlans(plans: readonly Plan[]): Review {
  const stacks = plans.map(reviewStack);
  return {
    tier: highest(stacks.map(({ tier }) => tier)),
    stacks,
    impact: impactOf(stacks.flatMap(({ changes }) => changes.map(({ change }) => change))),
  };
}

function reviewStack(plan: Plan): StackReview {
  refusePlainSecrets(plan);
  const { stack, changes, drift, noise, complete } = changesOf(plan);
  const rated = changes.map(rate);
  const counts = Object.fromEntries(
    actions.map((action) => [action, changes.filter((change) => change.action === action).length]),
  ) as Record<Action, number>;
  const tiers = rated.map(({ tier }) => tier);
  // The missing part of an incomplete plan can contain unsafe changes.
  return {
    stack,
    tier: highest(complete ? tiers : [...tiers, 'review']),
    counts,
    changes: rated,
    drift,
    noise,
    complete,
  };
}
