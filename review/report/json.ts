import { type Policy, violations } from '../policy.ts';
import type { Review } from '../review.ts';
import { jsonWithoutCommands } from './escape.ts';

/** Version of the format of the JSON report. A removed or renamed field increases this version. */
const jsonVersion = 1;

/** The review as JSON, with all findings and planned differences. Sensitive values are replaced. */
export function jsonReport(review: Review, policy: Policy): string {
  const failed = new Set(violations(review, policy));
  const report = {
    version: jsonVersion,
    tier: review.tier,
    policy: { failOn: policy.failOn ?? 'never', accept: policy.accept, failed: failed.size > 0 },
    stacks: review.stacks.map(({ stack, tier, counts, changes, drift, noise, complete }) => ({
      stack,
      tier,
      counts,
      noise,
      complete,
      drift: drift.map(({ address, name, action }) => ({ address, name, action })),
      changes: changes.map(({ change, tier: ofChange, findings }) => ({
        address: change.address,
        type: change.type,
        name: change.name,
        action: change.action,
        ...(change.reason && { reason: change.reason }),
        tier: ofChange,
        versions: change.versions,
        differences: change.differences,
        findings: findings.map((finding) => ({
          rule: finding.id,
          tier: finding.tier,
          concern: finding.concern,
          title: finding.title,
          places: finding.places,
          reason: finding.reason,
          remedy: finding.remedy,
          fails: failed.has(finding),
        })),
      })),
    })),
    impact: review.impact,
  };
  return jsonWithoutCommands(`${JSON.stringify(report, undefined, 2)}\n`);
}
