import { type Accepted, accepted as committed } from './accepted.ts';
import type { Finding } from './advisory.ts';

export interface AuditReport {
  /** One line for each vulnerability without a valid acceptance, and one line for each unused acceptance. */
  readonly failures: readonly string[];
  /** One line for each accepted vulnerability. */
  readonly notes: readonly string[];
}

/**
 * Compares findings with the accepted advisories.
 * @param today as `YYYY-MM-DD` in UTC
 */
export function auditReport(
  findings: readonly Finding[],
  today: string,
  accepted: readonly Accepted[] = committed,
): AuditReport {
  const failures: string[] = [];
  const notes: string[] = [];
  const used = new Set<Accepted>();
  for (const finding of findings) {
    const entry = accepted.find((each) => covers(each, finding));
    if (entry) used.add(entry);
    if (entry && today <= entry.until) {
      notes.push(`accepted until ${entry.until}: ${line(finding)} ${entry.reason}.`);
    } else {
      const expired = entry ? ` Its acceptance ended on ${entry.until}.` : '';
      failures.push(`${line(finding)}${expired} ${remedy}`);
    }
  }
  const unused = accepted.filter((entry) => !used.has(entry));
  return { failures: [...failures, ...unused.map(unusedLine)], notes };
}

const remedy =
  'Update the package. If the vulnerability does not apply to this project, add an entry with a reason and the last day of the acceptance to delivery/supply-chain/audit/accepted.ts.';

const covers = ({ id, package: name }: Accepted, finding: Finding): boolean =>
  name === finding.package && [finding.advisory.id, ...finding.advisory.aliases].includes(id);

function line({
  advisory: { id, severity, title, url, ranges },
  package: name,
  versions,
  uses,
}: Finding): string {
  return `${name} ${versions.join(', ')} (${uses.join(', ')}): ${severity}, ${id}: ${title}. Affected: ${ranges.join(' or ') || 'this version'}. ${url}`;
}

const unusedLine = ({ id, package: name }: Accepted) =>
  `The acceptance of ${id} for ${name} applies to no package. Delete it from delivery/supply-chain/audit/accepted.ts.`;
