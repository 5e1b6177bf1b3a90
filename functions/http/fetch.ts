import { Readable } from 'node:stream';
import { collect, limited } from './body-limit.ts';
import { decodeBody } from './content-coding.ts';

/**
 * The HTTP client of the functions.
 * @throws FetchTimeoutError if request and answer take too long, also while the body is read
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

export interface FetchInit {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** Timeout of the request and of its whole answer. */
  readonly timeoutMs: number;
  /** Aborts the request. */
  readonly signal?: AbortSignal | undefined;
  /** A redirect is not followed, because the request could reach another server. */
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
 * Reads and decodes a body, without its byte order mark. `limit` applies to received bytes and to decoded bytes.
 * @throws BodyTooLargeError after more than `limit` bytes, with a closed connection; UnsupportedCodingError;
 *   BrokenCodingError
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
 * Frees the connection of an answer with an unread body, without waiting. A connection with a complete body stays
 * open. Any other connection is closed, because the next request would wait for the rest of the body.
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

/** Waits for the end of an unread body, because another request can then use the connection. */
export async function discard({ body }: FetchResponse): Promise<void> {
  if (!body) return;
  if (body instanceof Readable) {
    body.resume();
    if (!body.closed) await new Promise<void>((resolve) => body.once('close', () => resolve()));
  } else for await (const _ of body);
}
