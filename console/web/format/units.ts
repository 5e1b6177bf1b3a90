/** Writes a number with its unit. */
export type Format = (value: number) => string;

/**
 * @param decimals digits after the point
 * @default three significant digits
 */
type UnitFormat = (value: number, decimals?: number) => string;

const shortPrefixes = ['', ' K', ' Mil', ' Bil', ' Tri', ' Quadr', ' Quint'];
const countPrefixes = ['', 'K', 'M', 'B', 'T'];
const siPrefixes = ['', 'k', 'M', 'G', 'T', 'P', 'E'];
const binaryPrefixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** `size` and `from` are in seconds. */
const timeUnits = [
  { size: 31_556_900, from: 31_536_000, name: 'year' },
  { size: 604_800, name: 'week' },
  { size: 86_400, name: 'day' },
  { size: 3600, name: 'hour' },
  { size: 60, name: 'min' },
  { size: 1, name: 's' },
  { size: 1e-3, name: 'ms' },
  { size: 1e-6, name: 'µs' },
  { size: 1e-9, name: 'ns' },
] as const;

function digits(value: number, decimals = significant(value)): string {
  const factor = 10 ** decimals;
  return (Math.round(value * factor) / factor).toFixed(decimals);
}

/** Decimals for three significant digits: 2 for 1.234, 1 for 12.34. A whole number has 0 decimals. */
function significant(value: number): number {
  if (Number.isInteger(value)) return 0;
  return Math.min(12, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value)))));
}

function scaled(base: number, suffixes: readonly string[]): UnitFormat {
  return (value, decimals) => {
    const power = value === 0 ? 0 : Math.floor(Math.log(Math.abs(value)) / Math.log(base) + 1e-9);
    const step = Math.min(suffixes.length - 1, Math.max(0, power));
    return `${digits(value / base ** step, decimals)}${suffixes[step]}`;
  };
}

function duration(value: number, decimals?: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0 s';
  const unit = timeUnits.find((candidate) => size >= ('from' in candidate ? candidate.from : candidate.size));
  const { size: unitSize, name } = unit ?? { size: 1e-9, name: 'ns' };
  const text = digits(value / unitSize, decimals);
  return `${text} ${name}${unitSize < 60 || Number(text) === 1 ? '' : 's'}`;
}

const plain = (suffix: string): UnitFormat => {
  return (value, decimals) => `${digits(value, decimals)}${suffix}`;
};
const withPrefix = (base: number, prefixes: readonly string[], unit: string) =>
  scaled(
    base,
    prefixes.map((prefix) => ` ${prefix}${unit}`),
  );
const counted = (unit: string) =>
  scaled(
    1000,
    countPrefixes.map((prefix) => `${prefix} ${unit}`),
  );

/** Keys: ids of Grafana units. Formats as in Grafana (packages/grafana-data/src/valueFormats). */
const units: Readonly<Record<string, UnitFormat>> = {
  none: plain(''),
  short: scaled(1000, shortPrefixes),
  percent: plain('%'),
  percentunit: (value, decimals) => `${digits(value * 100, decimals)}%`,
  bytes: withPrefix(1024, binaryPrefixes, 'B'),
  decbytes: withPrefix(1000, siPrefixes, 'B'),
  Bps: withPrefix(1000, siPrefixes, 'B/s'),
  s: duration,
  ms: (value, decimals) => duration(value / 1000, decimals),
  mps: counted('msg/s'),
  reqps: counted('req/s'),
  ops: counted('ops/s'),
};

const powersOfTwo = Array.from({ length: 60 }, (_, power) => 2 ** power);
const roundTimes = [1, 2, 5, 10, 15, 30].flatMap((amount) => [amount, amount * 60]);
const roundDurations = [
  ...[1e-9, 1e-6, 1e-3].flatMap((unit) =>
    [1, 2, 5, 10, 20, 50, 100, 200, 500].map((amount) => amount * unit),
  ),
  ...roundTimes,
  ...[1, 2, 3, 6, 12, 24, 48, 168, 336, 8760].map((hours) => hours * 3600),
].sort((one, two) => one - two);

/** Steps that an axis can have between two marks. Undefined for units other than bytes and seconds. */
export function roundIncrements(unit: string | undefined): readonly number[] | undefined {
  if (unit === 'bytes') return powersOfTwo;
  return unit === 's' ? roundDurations : undefined;
}

const suffixed = /^suffix:(.+)$/;

export function isKnownUnit(unit: string): boolean {
  return unit in units || suffixed.test(unit);
}

/** An unknown unit is written after the number, like in Grafana. */
export function formatOf(unit = 'short', decimals?: number): Format {
  const format = units[unit] ?? plain(` ${(suffixed.exec(unit)?.[1] ?? unit).trim()}`);
  return (value) => {
    if (Number.isNaN(value)) return 'NaN';
    if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
    return format(value, decimals).trim();
  };
}

/** Rounds to six significant digits. Whole numbers, `NaN` and `+Inf` stay unchanged. */
export function readable(value: string): string {
  const number = Number(value);
  return Number.isFinite(number) && !Number.isInteger(number) ? String(Number(number.toPrecision(6))) : value;
}
