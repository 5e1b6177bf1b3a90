/**
 * Keeps `${…}` and `%{…}` that belong to Grafana or Prometheus from being read as Terraform's own templates.
 * For text of the catalogue only: a token of CDKTF is such a template and must stay one.
 */
export function literal<T>(value: T): T {
  if (typeof value === 'string') return value.replaceAll(/([$%])\{/g, '$1$1{') as T;
  if (Array.isArray(value)) return value.map(literal) as T;
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, literal(inner)])) as T;
  }
  return value;
}
