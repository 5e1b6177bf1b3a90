import { satisfies } from 'semver';
import type { Advisory, Audited, Ecosystem, Finding } from './advisory.ts';

/** One finding for each advisory that affects a package of the project. */
export function match(advisories: readonly Advisory[], audited: readonly Audited[]): readonly Finding[] {
  const byName = new Map<string, Audited[]>();
  const key = (ecosystem: Ecosystem, name: string) => `${ecosystem} ${name}`;
  for (const each of audited) {
    const known = byName.get(key(each.ecosystem, each.name)) ?? [];
    known.push(each);
    byName.set(key(each.ecosystem, each.name), known);
  }
  return advisories.flatMap((advisory) => {
    const affected = (byName.get(key(advisory.ecosystem, advisory.package)) ?? []).filter(({ version }) =>
      affects(advisory, version),
    );
    if (affected.length === 0) return [];
    return [
      {
        advisory,
        package: advisory.package,
        versions: [...new Set(affected.map(({ version }) => version))],
        uses: [...new Set(affected.map(({ use }) => use))],
      },
    ];
  });
}

function affects({ ranges, versions }: Advisory, version: string): boolean {
  return (
    versions.includes(version) ||
    ranges.some((range) => satisfies(version, range, { includePrerelease: true, loose: true }))
  );
}
