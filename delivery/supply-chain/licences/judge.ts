import parse from 'spdx-expression-parse';
import { type AllowedLicence, allowed, exceptions, type LicenceException } from './allowed.ts';

type Expression = ReturnType<typeof parse>;

export interface LicencePolicy {
  readonly allowed: readonly AllowedLicence[];
  readonly exceptions: readonly LicenceException[];
}

const committed: LicencePolicy = { allowed, exceptions };

/** @returns undefined if the licence is allowed */
export function objection(
  name: string,
  licence: string | undefined,
  policy: LicencePolicy = committed,
): string | undefined {
  if (licence === undefined || licence === '') return 'it declares no licence';
  if (policy.exceptions.some((exception) => exception.package === name && exception.licence === licence))
    return undefined;
  let expression: Expression;
  try {
    expression = parse(licence);
  } catch {
    return `its licence "${licence}" is no SPDX expression`;
  }
  const refused = refusedIn(expression, new Set(policy.allowed.map((entry) => entry.licence)));
  return refused.length > 0
    ? `its licence "${licence}" is not allowed, because of ${refused.join(' and ')}`
    : undefined;
}

function refusedIn(expression: Expression, accepted: ReadonlySet<string>): readonly string[] {
  if ('conjunction' in expression) {
    const [left, right] = [refusedIn(expression.left, accepted), refusedIn(expression.right, accepted)];
    if (expression.conjunction === 'and') return [...left, ...right];
    return left.length === 0 || right.length === 0 ? [] : [...left, ...right];
  }
  const id = `${expression.license}${'plus' in expression && expression.plus ? '+' : ''}`;
  const whole = 'exception' in expression && expression.exception ? `${id} WITH ${expression.exception}` : id;
  return accepted.has(whole) ? [] : [whole];
}
