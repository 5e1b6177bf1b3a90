/** Labels of a group on the Pushgateway without `job`. */
export type Grouping = Readonly<Record<string, string>>;

/**
 * Prometheus, its operator or remote write adds these labels to a pushed series that lacks them. A series that was
 * pushed without such a label can therefore become equal to a series that was pushed with this label.
 */
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

/**
 * Values that a path contains without encoding. A value with a leading dot is encoded, because URLs resolve `.` and
 * `..`.
 */
const plain = /^[A-Za-z0-9_~-][A-Za-z0-9_.~-]*$/;

/**
 * A grouping as Prometheus sees it: without empty labels, and in a fixed order.
 *
 * The Pushgateway stores two groups if only an empty label distinguishes them, and the series of these groups collide.
 * An empty label `instance` makes the Pushgateway answer every scrape with 500. For another empty label, Prometheus
 * stores only one of the two samples.
 */
export function canonicalGrouping(grouping: Grouping): Grouping {
  return Object.fromEntries(sorted(grouping).filter(([, value]) => value !== ''));
}

/** The path of a group: `/metrics/job/<job>/<label>/<value>…`, without empty labels. */
export function groupPath(job: string, grouping: Grouping = {}): string {
  return storedGroupPath({ ...canonicalGrouping(grouping), job });
}

/**
 * The path of a group exactly as the Pushgateway stores it. The path also contains the labels with an empty value.
 * Empty values, values with slashes and values outside ASCII are base64url.
 * @param labels labels of the group, including `job`
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
  // A single `=` stands for the empty value, because URLs drop an empty path segment.
  return `/${name}@base64/${Buffer.from(value, 'utf8').toString('base64url') || '='}`;
}
