/** Labels of a group, without `job`. */
export type Grouping = Readonly<Record<string, string>>;

/**
 * A scrape or remote write adds these labels to pushed series that lack them. Example: one push has `namespace="a"`,
 * another push has no `namespace`. If the scrape adds `namespace="a"`, the series of the two pushes have equal labels
 * and collide.
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

/** Values that need no encoding. A leading dot must be encoded, because URLs resolve `.` and `..`. */
const plain = /^[A-Za-z0-9_~-][A-Za-z0-9_.~-]*$/;

/**
 * Removes empty labels, and sorts the labels by name.
 * The Pushgateway stores `{}` and `{zone=""}` as two groups. For Prometheus, the series of these two groups are equal, so
 * Prometheus drops the samples of one group. The label `instance=""` has a different effect: the Pushgateway answers
 * every scrape with 500.
 */
export function canonicalGrouping(grouping: Grouping): Grouping {
  return Object.fromEntries(sorted(grouping).filter(([, value]) => value !== ''));
}

/** The path without empty labels: `/metrics/job/<job>/<label>/<value>…`. */
export function groupPath(job: string, grouping: Grouping = {}): string {
  return storedGroupPath({ ...canonicalGrouping(grouping), job });
}

/**
 * The path of a group that exists in the Pushgateway. A label with an empty value stays in the path. A value that does
 * not match the regular expression `plain`, such as `a/b`, is encoded in base64url.
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
  // `=` stands for an empty value, because URLs drop an empty path segment.
  return `/${name}@base64/${Buffer.from(value, 'utf8').toString('base64url') || '='}`;
}
