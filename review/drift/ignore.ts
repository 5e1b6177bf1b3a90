import type { IgnoredChange } from '../../config/drift-fields.ts';
import type { DriftFinding } from './finding.ts';
import { isBelow } from './paths.ts';

/** A finding, or values of a finding, that `drift.ignore` allows. */
export interface Ignored {
  readonly title: string;
  /** Paths of the ignored values; empty if the whole finding is ignored. */
  readonly paths: readonly (readonly string[])[];
  readonly reason: string;
}

export interface Filtered {
  readonly findings: readonly DriftFinding[];
  readonly ignored: readonly Ignored[];
  /** Entries of `drift.ignore` without effect. */
  readonly unused: readonly IgnoredChange[];
}

/** The findings without the changes that `drift.ignore` allows. */
export function withoutIgnored(found: readonly DriftFinding[], entries: readonly IgnoredChange[]): Filtered {
  const used = new Set<IgnoredChange>();
  const ignored: Ignored[] = [];
  const findings = found.flatMap((finding) => {
    const fitting = entries.filter((entry) => fits(entry, finding));
    const whole = fitting.find(({ path }) => path === undefined);
    if (whole) {
      used.add(whole);
      ignored.push({ title: finding.title, paths: [], reason: whole.reason });
      return [];
    }
    const left = finding.differences.filter(({ path }) => {
      const entry = fitting.find(({ path: pattern }) => pattern !== undefined && isBelow(path, pattern));
      if (!entry) return true;
      used.add(entry);
      ignored.push({ title: finding.title, paths: [path], reason: entry.reason });
      return false;
    });
    const nothingLeft = left.length === 0 && finding.differences.length > 0;
    return nothingLeft ? [] : [{ ...finding, differences: left }];
  });
  return { findings, ignored, unused: entries.filter((entry) => !used.has(entry)) };
}

function fits({ kind, namespace, name }: IgnoredChange, finding: DriftFinding): boolean {
  return (
    kind === finding.kind &&
    (namespace === undefined || namespace === finding.namespace) &&
    (name === undefined || name === finding.name)
  );
}
