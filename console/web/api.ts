export class ApiError extends Error {
  readonly status: number;
  /** The invalid field of the request, such as `alerts[3].labels`. */
  readonly field: string | undefined;

  constructor(status: number, message: string, field?: string) {
    super(message);
    this.status = status;
    this.field = field;
  }
}

export const noAnswer = () =>
  new ApiError(0, 'The console does not answer. Check that npm start still runs.');

const usualDeadlineMs = 15_000;

export interface CallOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** @default 15,000 */
  readonly withinMs?: number;
}

/**
 * @returns undefined for status 204, or if the answer is not JSON
 * @throws ApiError; an AbortError if `signal` aborts
 */
export async function call<T>(
  path: string,
  { method = 'GET', body, signal, withinMs = usualDeadlineMs }: CallOptions = {},
): Promise<T> {
  const deadline = AbortSignal.timeout(withinMs);
  const response = await fetch(path, {
    method,
    signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    }),
  }).catch((error: unknown) => {
    throw signal?.aborted ? error : noAnswer();
  });
  if (response.status === 204) return undefined as T;
  const answer: unknown = await response.json().catch((error: unknown) => {
    if (signal?.aborted) throw error;
    if (!(error instanceof SyntaxError)) throw noAnswer();
  });
  if (response.ok) return answer as T;
  const problem = answer as { readonly detail?: string; readonly field?: string } | undefined;
  throw new ApiError(response.status, problem?.detail ?? `HTTP ${response.status}`, problem?.field);
}
