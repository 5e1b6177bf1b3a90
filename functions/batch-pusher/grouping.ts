/** The labels that name a group on the Pushgateway, beside its job. */
export type Grouping = Readonly<Record<string, string>>;

/** Values that stand in a path as they are. A leading dot is not among them: `.` and `..` would be resolved away. */
const plain = /^[A-Za-z0-9_~-][A-Za-z0-9_.~-]*$/;

/**
 * The path of a group: `/metrics/job/<job>/<label>/<value>…`. A value with slashes, bytes beyond ASCII or nothing in it
 * goes as base64url, as the Pushgateway's own documentation asks; labels are sorted, so that a group has one path.
 */
export function groupPath(job: string, grouping: Grouping = {}): string {
  const labels = Object.entries(grouping).sort(([a], [b]) => (a < b ? -1 : 1));
  return `/metrics${[['job', job] as const, ...labels].map(([name, value]) => segment(name, value)).join('')}`;
}

function segment(name: string, value: string): string {
  if (plain.test(value)) return `/${name}/${value}`;
  // A lone `=` is how an empty value is written: an empty path segment would vanish.
  return `/${name}@base64/${Buffer.from(value, 'utf8').toString('base64url') || '='}`;
}
