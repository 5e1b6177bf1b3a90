/** An entry of Alertmanager's `inhibit_rules`. */
export interface InhibitRule {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  readonly equal?: readonly string[];
}

/** Which alert explains which: the target stays silent while the source fires. Used by laptop and cluster alike. */
export const inhibitRules: readonly InhibitRule[] = [];
