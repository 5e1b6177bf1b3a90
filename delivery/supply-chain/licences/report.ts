import { allowed, exceptions as committed, type LicenceException } from './allowed.ts';
import { type LicencePolicy, objection } from './judge.ts';

const kinds = ['production', 'development', 'Go modules'] as const;

export interface Licensed {
  readonly kind: (typeof kinds)[number];
  readonly name: string;
  readonly version: string;
  /** `'absent'` if a Go module is not on this machine. Undefined if the licence is not known. */
  readonly licence: string | undefined;
  /** Text for a message, such as `required by a 1.0.0`. */
  readonly from: () => string;
}

export interface LicenceReport {
  /** A summary with the number of packages for each licence. */
  readonly text: string;
  /** One line for each package whose licence is not allowed, and for each unused exception. */
  readonly failures: readonly string[];
}

export function licenceReport(
  licensed: readonly Licensed[],
  policy: Partial<LicencePolicy> = {},
): LicenceReport {
  const { exceptions = committed } = policy;
  const known = licensed.filter(({ licence }) => licence !== 'absent');
  const failures = known.flatMap((found) => {
    const why = objection(found.name, found.licence, { allowed, ...policy, exceptions });
    return why === undefined
      ? []
      : [`${found.name} ${found.version} (${found.kind}; ${found.from()}): ${why}. ${remedy}`];
  });
  return {
    text: kinds.map((kind) => summary(kind, licensed)).join('\n'),
    failures: [...failures, ...unused(known, exceptions)],
  };
}

const remedy =
  'Replace the package. If the licence is acceptable, add the licence or an exception with its reason to delivery/supply-chain/licences/allowed.ts.';

function unused(licensed: readonly Licensed[], exceptions: readonly LicenceException[]): readonly string[] {
  return exceptions
    .filter(
      (exception) =>
        !licensed.some(({ name, licence }) => name === exception.package && licence === exception.licence),
    )
    .map(
      ({ package: name, licence }) =>
        `The exception of ${name} (${licence}) applies to no package. Delete it from delivery/supply-chain/licences/allowed.ts.`,
    );
}

function summary(kind: Licensed['kind'], licensed: readonly Licensed[]): string {
  const ofKind = licensed.filter((found) => found.kind === kind);
  const counts = new Map<string, number>();
  for (const { licence = 'none' } of ofKind) counts.set(licence, (counts.get(licence) ?? 0) + 1);
  const absent = counts.get('absent') ?? 0;
  counts.delete('absent');
  const list = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  const unknown =
    absent === 0
      ? ''
      : `; NOT checked: ${absent}, because the module cache of Go does not contain the source code of these modules. \`PROGRAMS_FROM=source npm run programs\` fetches the source code`;
  return `${kind}: ${ofKind.length}${list.map(([licence, count], index) => `${index === 0 ? ' (' : ', '}${licence} ${count}`).join('')}${list.length > 0 ? ')' : ''}${unknown}`;
}
