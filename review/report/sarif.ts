import type { Log, ReportingDescriptor, Result } from 'sarif';
import { type Policy, violations } from '../policy.ts';
import type { Review } from '../review.ts';
import { rules, unknownDifference } from '../rules/all-rules.ts';
import type { Finding } from '../rules/findings.ts';
import type { Rule } from '../rules/rule.ts';
import type { Tier } from '../tier.ts';
import { jsonWithoutCommands } from './escape.ts';

const levels: Readonly<Record<Tier, 'none' | 'note' | 'warning' | 'error'>> = {
  safe: 'none',
  review: 'note',
  dangerous: 'warning',
  irreversible: 'error',
};

/** File name in every SARIF result. GitHub shows only results that name a file of the repository. */
const source = 'main.ts';

/**
 * The review as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), without safe findings.
 */
export function sarifReport(review: Review, policy: Policy): string {
  const failed = new Set(violations(review, policy));
  const findings = review.stacks
    .flatMap(({ changes }) => changes.flatMap((rated) => rated.findings))
    .filter(({ tier }) => tier !== 'safe');
  const used = [...rules, unknownDifference].filter(({ id }) =>
    findings.some((finding) => finding.id === id),
  );
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'plan-review', rules: used.map(descriptor) } },
        results: findings.map((finding) => result(finding, failed.has(finding), policy)),
      },
    ],
  };
  return jsonWithoutCommands(`${JSON.stringify(log, undefined, 2)}\n`);
}

function descriptor({
  id,
  title,
  reason,
  remedy,
  tier,
  concern,
}: Omit<Rule, 'looksAt' | 'when'>): ReportingDescriptor {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: reason },
    help: { text: remedy },
    defaultConfiguration: { level: levels[tier] },
    properties: { tags: [concern], tier },
  };
}

function result(finding: Finding, fails: boolean, { accept }: Policy): Result {
  const evidence = [...new Set(finding.places.map((place) => place.evidence))].slice(0, 10).join('; ');
  return {
    ruleId: finding.id,
    level: levels[finding.tier],
    message: {
      text: `${finding.title}: ${withoutLinks(`${finding.on}${evidence && evidence !== finding.on ? `: ${evidence}` : ''}`)}. ${finding.remedy}`,
    },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: source }, region: { startLine: 1 } },
        logicalLocations: [{ fullyQualifiedName: `${finding.stack}/${finding.address}`, kind: 'resource' }],
      },
    ],
    partialFingerprints: { finding: `${finding.stack}/${finding.address}/${finding.id}` },
    ...(accept.includes(finding.id) && { suppressions: [{ kind: 'external', status: 'accepted' }] }),
    properties: { fails },
  };
}

/** Escapes brackets, because SARIF reads `[…](…)` as a link (section 3.11.6 of the standard). */
function withoutLinks(text: string): string {
  return text.includes('](') ? text.replace(/[\\[\]]/g, '\\$&') : text;
}
