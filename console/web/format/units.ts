/** A number with its unit, as text. */
export type Format = (value: number) => string;

const siPrefixes = ['', ' K', ' Mil', ' Bil', ' Tri'];
const bytePrefixes = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const secondUnits = [
  { from: 604_800, size: 604_800, name: 'weeks' },
  { from: 86_400, size: 86_400, name: 'days' },
  { from: 3600, size: 3600, name: 'hours' },
  { from: 60, size: 60, name: 'mins' },
  { from: 1, size: 1, name: 's' },
  { from: 1e-3, size: 1e-3, name: 'ms' },
  { from: 1e-6, size: 1e-6, name: 'µs' },
] as const;

/** At most `decimals` digits after the point, by default as many as three significant digits need. */
function digits(value: number, decimals?: number): string {
  const size = Math.abs(value);
  const needed = size === 0 || size >= 100 ? 0 : Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(size))));
  return value.toLocaleString('en-US', {
    minimumFractionDigits: decimals ?? 0,
    maximumFractionDigits: decimals ?? needed,
    useGrouping: false,
  });
}

function scaled(value: number, base: number, prefixes: readonly string[], decimals?: number): string {
  const steps = prefixes.length - 1;
  const power = value === 0 ? 0 : Math.floor(Math.log(Math.abs(value)) / Math.log(base) + 1e-9);
  const step = Math.min(steps, Math.max(0, power));
  return `${digits(value / base ** step, decimals)}${prefixes[step]}`;
}

function duration(value: number, decimals?: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0 s';
  const unit = secondUnits.find(({ from }) => size >= from);
  return unit ? `${digits(value / unit.size, decimals)} ${unit.name}` : `${digits(value * 1e9, decimals)} ns`;
}

const withUnit = (unit: string) => (value: number, decimals?: number) =>
  `${scaled(value, 1000, siPrefixes, decimals)} ${unit}`;

type UnitFormat = (value: number, decimals?: number) => string;

/** Every unit that the dashboards use, by Grafana's id. An unknown id fails a test, not the page. */
export const units: Readonly<Record<string, UnitFormat>> = {
  short: (value, decimals) => scaled(value, 1000, siPrefixes, decimals),
  none: (value, decimals) => digits(value, decimals),
  percent: (value, decimals) => `${digits(value, decimals)}%`,
  percentunit: (value, decimals) => `${digits(value * 100, decimals)}%`,
  bytes: (value, decimals) =>
    scaled(
      value,
      1024,
      bytePrefixes.map((prefix) => ` ${prefix}`),
      decimals,
    ),
  Bps: (value, decimals) => scaled(value, 1000, [' B/s', ' kB/s', ' MB/s', ' GB/s'], decimals),
  s: duration,
  mps: withUnit('msg/s'),
  reqps: withUnit('req/s'),
};

/** The format of a unit. A unit without a format of its own is written after the number. */
export function formatOf(unit: string | undefined, decimals?: number): Format {
  const suffix = /^suffix:\s*(.*)$/.exec(unit ?? '')?.[1];
  const format = suffix === undefined ? (units[unit ?? 'short'] ?? withUnit(unit ?? '')) : withUnit(suffix);
  return (value) => {
    if (Number.isNaN(value)) return 'NaN';
    if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
    return format(value, decimals).trim();
  };
}
