/** Escapes `${…}` and `%{…}` for Terraform. The value must not contain CDKTF tokens. */
export function literal<T>(value: T): T {
  if (typeof value === 'string') return value.replaceAll(/([$%])\{/g, '$1$1{') as T;
  if (Array.isArray(value)) return value.map(literal) as T;
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, literal(inner)])) as T;
  }
  return value;
}
