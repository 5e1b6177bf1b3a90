import { Readable } from 'node:stream';
import { collect, limited } from './body-limit.ts';
import { decodeBody } from './content-coding.ts';

/**
 * The HTTP client of the functions.
 * @throws FetchTimeoutError, also while the body is read
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

export interface FetchInit {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** Maximum time from the start of the request until the whole answer has arrived. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** No redirect is followed, because a redirect can lead to another server. */
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
 * @param limit maximum number of bytes of the encoded body, and also of the decoded body
 * @throws BodyTooLargeError, UnsupportedCodingError, BrokenCodingError
 */
export async function readText({ body, headers }: FetchResponse, limit: number): Promise<string> {
  if (!body) return '';
  // Some servers and proxies send an encoded body although the request has `Accept-Encoding: identity`.
  const bytes = await decodeBody(await bytesOf(body, limit), headers.get('content-encoding'), limit);
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

/** Ends an answer that nobody reads. An incomplete body would delay the next request on the connection. */
export function cancel({ body }: FetchResponse): void {
  if (!body) return;
  if (!(body instanceof Readable))
    void body[Symbol.asyncIterator]()
      .return?.()
      .catch(() => undefined);
  else if ('complete' in body && body.complete) body.resume();
  else body.destroy();
}

/** Skips the rest of a body. Another request can then use the connection. */
export async function discard({ body }: FetchResponse): Promise<void> {
  if (!body) return;
  if (body instanceof Readable) {
    body.resume();
    if (!body.closed) await new Promise<void>((resolve) => body.once('close', () => resolve()));
  } else for await (const _ of body);
}
