import { direct } from '../../verify/direct.ts';
import { jsonOf } from './json-of.ts';

/** The console is not reachable, or its answer has a status of at least 500. Exit code 2. */
export class CouldNot extends Error {
  override readonly name = 'CouldNot';
}

/** The request was refused. The command ends with exit code 1. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

export interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  /**
   * Milliseconds within which the console must answer.
   * @default 20_000
   */
  readonly withinMs?: number;
}

export class ConsoleClient {
  readonly #url: string;
  readonly #start: string;

  /** @param start command that starts the pipeline, such as `npm start`, for error messages */
  constructor(url: string, start: string) {
    this.#url = url;
    this.#start = start;
  }

  /**
   * @returns the JSON of the answer; undefined without a body
   * @throws CouldNot, Refused
   */
  async call<T>(path: string, { method = 'GET', body, withinMs = 20_000 }: Request = {}): Promise<T> {
    const { fetch } = await import('undici');
    const response = await fetch(`${this.#url}${path}`, {
      method,
      signal: AbortSignal.timeout(withinMs),
      dispatcher: await direct(),
      ...(body !== undefined && {
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    }).catch((error: unknown) => {
      throw new CouldNot(this.#unreachable(error, withinMs));
    });
    if (response.status === 204) return undefined as T;
    const text = await response.text().catch((error: unknown) => {
      throw new CouldNot(this.#unreachable(error, withinMs));
    });
    const isJson = /^application\/(problem\+)?json/.test(response.headers.get('content-type') ?? '');
    const answer = isJson ? jsonOf(text) : undefined;
    if (answer === undefined) throw new CouldNot(this.#otherServer(response.status));
    if (response.ok) return answer as T;
    const detail = (answer as { readonly detail?: unknown } | null)?.detail;
    if (typeof detail !== 'string') throw new CouldNot(this.#otherServer(response.status));
    throw new (response.status >= 500 ? CouldNot : Refused)(detail);
  }

  #unreachable(error: unknown, withinMs: number): string {
    if (error instanceof Error && error.name === 'TimeoutError') {
      return `The console at ${this.#url} has not answered within ${withinMs / 1000} s. Look for errors in the terminal that runs the command ${this.#start}.`;
    }
    return `No console answers at ${this.#url}. Start the pipeline with ${this.#start}, or give the --port-offset of the running pipeline.`;
  }

  #otherServer(status: number): string {
    return `${this.#url} answers with HTTP status ${status}, but this answer is not from the console. Another program uses the port. Give the --port-offset of the running pipeline.`;
  }
}
