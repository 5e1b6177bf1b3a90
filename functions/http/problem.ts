/** An error answer of RFC 9457. `type` is always `about:blank`, because the HTTP status is enough. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
  /** Errors in the request, one for each place. */
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
