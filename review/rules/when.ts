import { contains, parseCidr } from '../../config/cidr.ts';
import { seconds } from '../../metrics/duration.ts';
import { Hidden, inline, isEmpty, isList, type Tree } from '../change/tree.ts';
import type { Pair, When } from './rule.ts';

export function arrow({ before, after }: Pair): string {
  return `${inline(before, 60)} → ${inline(after, 60)}`;
}

export const removed: When = ({ before, after }) =>
  !isEmpty(before) && isEmpty(after) ? `${inline(before, 60)} is removed` : undefined;

/** Reports the name of a removed object or field. */
export const gone: When = ({ path, before, after }) =>
  before !== undefined && after === undefined ? (path.at(-1) ?? 'the resource') : undefined;

/** Works like `gone`, but skips the objects of a removed or replaced Helm release. */
export const goneFromObject: When = (pair, change) =>
  change.action === 'update' || change.type === 'kubernetes_manifest' ? gone(pair, change) : undefined;

export const added: When = ({ before, after }) =>
  isEmpty(before) && !isEmpty(after) ? `${inline(after, 60)} is added` : undefined;

/** Reports every change, with the name of the changed resource. */
export const always: When = (_, { name }) => name;

export const changed: When = (pair) =>
  !isEmpty(pair.before) && !isEmpty(pair.after) && differ(pair) ? arrow(pair) : undefined;

/** Reports a value that changes to one of the values in `wanted`. The old value may be missing. */
export function becomes(...wanted: readonly Tree[]): When {
  return (pair) =>
    wanted.includes(pair.after ?? null) && pair.before !== pair.after && pair.after !== undefined
      ? arrow(pair)
      : undefined;
}

export function leaves(...wanted: readonly Tree[]): When {
  return (pair) =>
    pair.before !== undefined &&
    wanted.includes(pair.before) &&
    differ(pair) &&
    !wanted.includes(pair.after ?? null)
      ? arrow(pair)
      : undefined;
}

/** Reports a number that becomes smaller. The number can be written as a text. */
export const fewer: When = (pair) => lower(pair, (value) => (value === '' ? undefined : Number(value)));

/** Reports a quantity of bytes that becomes smaller, such as a change from `10Gi` to `9GB`. */
export const smaller: When = (pair) => lower(pair, bytesOf);

/** Reports a duration that becomes shorter, such as a change from `P14D` to `10d` or `2h`. */
export const shorter: When = (pair) => lower(pair, secondsOf);

export const longer: When = (pair) =>
  lower({ ...pair, before: pair.after, after: pair.before } as Pair, secondsOf) && arrow(pair);

export const larger: When = (pair) =>
  lower({ ...pair, before: pair.after, after: pair.before } as Pair, bytesOf) && arrow(pair);

export const switchedOff: When = (pair, change) =>
  becomes(false)(pair, change) ??
  (change.action === 'update' || change.action === 'replace' ? leaves(true)(pair, change) : undefined);

export const smallerOrLimited: When = (pair, change) =>
  smaller(pair, change) ?? (change.action === 'update' && added(pair, change) ? arrow(pair) : undefined);

export const unrestricted: When = ({ before, after }) =>
  isList(before) && !isEmpty(before) && isEmpty(after) ? 'every address may connect' : undefined;

/** Reports added entries of a list. An IPv4 range inside an old range is left out. */
export const widened: When = ({ before, after }) => {
  if (!isList(after)) return undefined;
  const old = (isList(before) ? before : []).flatMap((text) => parseCidr(withPrefix(text)) ?? []);
  const fresh = after.filter((text) => {
    if (isList(before) && before.some((one) => !differ({ before: one, after: text }))) return false;
    const range = parseCidr(withPrefix(text));
    return !range || !old.some((one) => contains(one, range));
  });
  return fresh.length > 0 && before !== undefined
    ? `adds ${fresh.map((text) => inline(text, 60)).join(', ')}`
    : undefined;
};

function withPrefix(text: Tree): string {
  return typeof text === 'string' && !text.includes('/') ? `${text}/32` : String(text);
}

function differ({ before, after }: Pick<Pair, 'before' | 'after'>): boolean {
  if (before instanceof Hidden) return !before.equals(after);
  return JSON.stringify(before) !== JSON.stringify(after);
}

function lower(pair: Pair, measure: (text: string) => number | undefined): string | undefined {
  const [one, other] = [pair.before, pair.after].map((value) =>
    typeof value === 'string' || typeof value === 'number' ? measure(optionValue(String(value))) : undefined,
  );
  return one !== undefined && other !== undefined && other < one ? arrow(pair) : undefined;
}

/** The part of `--name=value` after `=`. A text without `=` is unchanged. */
function optionValue(text: string): string {
  return text.replace(/^--?[\w.-]+=/, '');
}

const powers: Readonly<Record<string, number>> = { '': 1, K: 1, M: 2, G: 3, T: 4, P: 5, E: 6 };

function bytesOf(text: string): number | undefined {
  if (/^\d+(?:\.\d+)?e[+-]?\d+$/i.test(text)) return Number(text);
  const [, digits, unit = '', binary] = /^(\d+(?:\.\d+)?)([KMGTPE]?)(i?)B?$/i.exec(text) ?? [];
  if (digits === undefined) return undefined;
  // `Gi` (Kubernetes) and `GB` (Prometheus) are powers of 1024. `G` is a power of 1000.
  return (
    Number(digits) *
    (unit === '' ? 1 : (binary || text.endsWith('B') ? 1024 : 1000) ** (powers[unit.toUpperCase()] ?? 1))
  );
}

/** Parses a Prometheus or ISO 8601 duration. A month has 30 days, and a year has 365 days. */
function secondsOf(text: string): number | undefined {
  if (!text.startsWith('P')) return /^(\d+(?:ms|[ywdhms]))+$/.test(text) ? seconds(text) : undefined;
  const found = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(
    text,
  );
  if (!found) return undefined;
  return [365 * 86_400, 30 * 86_400, 7 * 86_400, 86_400, 3600, 60, 1]
    .map((unit, index) => unit * Number(found[index + 1] ?? 0))
    .reduce((sum, part) => sum + part, 0);
}
