/** The labels that name a group on the Pushgateway, next to its job. */
export type Grouping = Readonly<Record<string, string>>;

/**
 * Labels that Prometheus, its operator or remote write adds to each pushed series without them. A group with such a
 * label and a group without the label can become the same series.
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

/** Values that a path contains unencoded. A value with a leading dot is encoded, because `.` and `..` are resolved. */
const plain = /^[A-Za-z0-9_~-][A-Za-z0-9_.~-]*$/;

/**
 * A grouping as Prometheus sees it: a label with an empty value does not exist, and the order of labels has no meaning.
 * The Pushgateway keeps two groups that differ only in an empty label. Their series collide: with `instance`, the
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
 * The path of a group exactly as the Pushgateway stores it, empty labels included. An empty value, or a value with
 * slashes or bytes beyond ASCII, is written as base64url, as the Pushgateway's documentation asks.
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
