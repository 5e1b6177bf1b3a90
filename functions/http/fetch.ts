import { Readable } from 'node:stream';
import { collect, limited } from './body-limit.ts';
import { decodeBody } from './content-coding.ts';

/**
 * The HTTP client of the functions.
 * @throws FetchTimeoutError if the request and the answer take too long; reading the body can also throw it
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

export interface FetchInit {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** Milliseconds after which the request fails. The time includes the answer's body. */
  readonly timeoutMs: number;
  /** Signal that aborts the request. */
  readonly signal?: AbortSignal | undefined;
  /** A redirect is a normal answer. It is not followed, because the request could then go to another server. */
  readonly redirect: 'manual';
}

export interface FetchResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: AsyncIterable<Uint8Array> | null;
}

export class FetchTimeoutError extends Error {
  override readonly name = 'FetchTimeoutError';

  constructor(timeoutMs: number) {
    super(`no answer within ${timeoutMs} ms`);
  }
}

/**
 * Reads a body to its end, decodes it and removes the byte order mark. `limit` applies to the received bytes and to the
 * decoded bytes.
 * @throws BodyTooLargeError after more than `limit` bytes, and the connection is closed; UnsupportedCodingError;
 * BrokenCodingError
 */
export async function readText({ body, headers }: FetchResponse, limit: number): Promise<string> {
  if (!body) return '';
  const bytes = await decodeBody(await bytesOf(body, limit), headers.get('content-encoding'), limit);
  // A TextDecoder removes the byte order mark.
  return new TextDecoder().decode(bytes);
}

async function bytesOf(body: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  if (body instanceof Readable) {
    try {
      return await collect(body, limit);
    } catch (error) {
      body.destroy();
      throw error;
    }
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of limited(body, limit)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * Frees the connection of an answer whose body is not read. The function does not wait for the body. If the whole body
 * has arrived, the connection stays open. Otherwise the connection is closed, because the next request would have to
 * wait for the rest of the body.
 */
export function cancel({ body }: FetchResponse): void {
  if (!body) return;
  if (!(body instanceof Readable))
    void body[Symbol.asyncIterator]()
      .return?.()
      .catch(() => undefined);
  else if ('complete' in body && body.complete) body.resume();
  else body.destroy();
}

/** Waits for the end of a body that is not read. Then another request can use the connection. */
export async function discard({ body }: FetchResponse): Promise<void> {
  if (!body) return;
  if (body instanceof Readable) {
    body.resume();
    if (!body.closed) await new Promise<void>((resolve) => body.once('close', () => resolve()));
  } else for await (const _ of body);
}
