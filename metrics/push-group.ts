/** Labels of a group, without `job`. */
export type Grouping = Readonly<Record<string, string>>;

/** A push group must not contain the labels that a scrape or remote write adds. */
export const addedLabels = [
  'cluster',
  'environment',
  'namespace',
  'service',
  'pod',
  'container',
  'endpoint',
  'prometheus',
  'prometheus_replica',
] as const;

/** Values that need no encoding. A leading dot must be encoded, because URLs resolve `.` and `..`. */
const plain = /^[A-Za-z0-9_~-][A-Za-z0-9_.~-]*$/;

/**
 * Removes empty labels, because the Pushgateway stores `{}` and `{zone=""}` as two groups:
 * - For Prometheus, the two groups are equal. Prometheus drops the samples of one group.
 * - If the empty label is `instance`, the Pushgateway answers every scrape with 500.
 */
export function canonicalGrouping(grouping: Grouping): Grouping {
  return Object.fromEntries(sorted(grouping).filter(([, value]) => value !== ''));
}

/** The path without empty labels: `/metrics/job/<job>/<label>/<value>…`. */
export function groupPath(job: string, grouping: Grouping = {}): string {
  return storedGroupPath({ ...canonicalGrouping(grouping), job });
}

/**
 * Path of an existing group, including its empty labels.
 * @see https://github.com/prometheus/pushgateway#url
 */
export function storedGroupPath({ job = '', ...labels }: Grouping): string {
  return `/metrics${[['job', job] as const, ...sorted(labels)].map(([name, value]) => segment(name, value)).join('')}`;
}

function sorted(grouping: Grouping): [string, string][] {
  return Object.entries(grouping).sort(([a], [b]) => (a < b ? -1 : 1));
}

function segment(name: string, value: string): string {
  if (plain.test(value)) return `/${name}/${value}`;
  // For an empty value, the Pushgateway requires `=` after `@base64/`.
  return `/${name}@base64/${Buffer.from(value, 'utf8').toString('base64url') || '='}`;
}
