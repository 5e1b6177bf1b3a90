/** The labels of a group on the Pushgateway, without the label `job`. */
export type Grouping = Readonly<Record<string, string>>;

/**
 * Labels that Prometheus, its operator or remote write adds to a pushed series that does not have them. The series of a
 * group with such a label and of a group without this label can become equal.
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
 * Values that a path contains without encoding. A value that starts with a dot is encoded, because URLs resolve `.` and
 * `..`.
 */
const plain = /^[A-Za-z0-9_~-][A-Za-z0-9_.~-]*$/;

/**
 * A grouping as Prometheus sees it: a label with an empty value does not exist, and the order of labels has no meaning.
 * The Pushgateway stores separate groups if two groupings differ only in an empty label. The series of these groups
 * collide. If the empty label is `instance`, the Pushgateway answers every scrape with 500. For another empty label,
 * Prometheus stores only one of the two samples.
 */
export function canonicalGrouping(grouping: Grouping): Grouping {
  return Object.fromEntries(sorted(grouping).filter(([, value]) => value !== ''));
}

/** The path of the group for a job and a grouping: `/metrics/job/<job>/<label>/<value>…`. Empty labels are left out. */
export function groupPath(job: string, grouping: Grouping = {}): string {
  return storedGroupPath({ ...canonicalGrouping(grouping), job });
}

/**
 * The path of a group exactly as the Pushgateway stores it, including labels with an empty value. Empty values, values
 * with slashes and values outside ASCII are encoded as base64url. The documentation of the Pushgateway requires this
 * encoding for the first two kinds.
 * @param labels labels of the group, including `job`
 */
export function storedGroupPath({ job = '', ...labels }: Grouping): string {
  return `/metrics${[['job', job] as const, ...sorted(labels)].map(([name, value]) => segment(name, value)).join('')}`;
}

function sorted(grouping: Grouping): [string, string][] {
  return Object.entries(grouping).sort(([a], [b]) => (a < b ? -1 : 1));
}

function segment(name: string, value: string): string {
  if (plain.test(value)) return `/${name}/${value}`;
  // A single `=` means an empty value, because URLs do not keep an empty path segment.
  return `/${name}@base64/${Buffer.from(value, 'utf8').toString('base64url') || '='}`;
}
