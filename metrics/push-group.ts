/** The labels that name a group on the Pushgateway, next to its job. */
export type Grouping = Readonly<Record<string, string>>;

/**
 * Labels that Prometheus, its operator or remote write adds to a series of the Pushgateway that does not carry them. A
 * group with such a label can become one series with a group without the label.
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

/** Values that need no encoding in a path. A leading dot needs it, because URLs resolve `.` and `..`. */
const plain = /^[A-Za-z0-9_~-][A-Za-z0-9_.~-]*$/;

/**
 * A grouping as Prometheus sees it: an empty value means that the label does not exist, and order has no effect. The
 * Pushgateway keeps two groups that differ in an empty label only. Their series collide: with `instance`, the
 * Pushgateway answers every scrape with 500; with another label, Prometheus stores one of the two samples.
 */
export function canonicalGrouping(grouping: Grouping): Grouping {
  return Object.fromEntries(sorted(grouping).filter(([, value]) => value !== ''));
}

/** The path of the one group that Prometheus sees under a job and a grouping: `/metrics/job/<job>/<label>/<value>…`. */
export function groupPath(job: string, grouping: Grouping = {}): string {
  return storedGroupPath({ ...canonicalGrouping(grouping), job });
}

/**
 * The path of a group exactly as the Pushgateway stores it, empty labels included. A value with slashes, bytes beyond
 * ASCII or nothing in it is written as base64url, as the Pushgateway's documentation asks.
 *
 * @param labels of the group, `job` included
 */
export function storedGroupPath({ job = '', ...labels }: Grouping): string {
  return `/metrics${[['job', job] as const, ...sorted(labels)].map(([name, value]) => segment(name, value)).join('')}`;
}

function sorted(grouping: Grouping): [string, string][] {
  return Object.entries(grouping).sort(([a], [b]) => (a < b ? -1 : 1));
}

function segment(name: string, value: string): string {
  if (plain.test(value)) return `/${name}/${value}`;
  // A lone `=` is an empty value: an empty path segment would vanish.
  return `/${name}@base64/${Buffer.from(value, 'utf8').toString('base64url') || '='}`;
}
