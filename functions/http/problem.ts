/** RFC 9457. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
  /** Errors in the body. `pointer` is a path such as `/etl/loaded`. */
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

export function problem(
  { status, title, ...rest }: Problem,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(JSON.stringify({ type: 'about:blank', title, status, ...rest }), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  });
}
