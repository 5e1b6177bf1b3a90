import { natsRules } from './nats.ts';
import type { RuleGroup } from './rule.ts';

/** Every group of rules, in the order of the path that samples take. */
export const ruleGroups: readonly RuleGroup[] = [natsRules];
