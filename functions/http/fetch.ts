import { Readable } from 'node:stream';
import { collect, limited } from './body-limit.ts';

/** What the functions need of an HTTP client. The global `fetch` is one; `createNodeFetch` is a leaner one. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

export interface FetchInit {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly signal: AbortSignal;
  /** Redirects are answers like any other: a caller that followed one would hand its request to someone else. */
  readonly redirect: 'manual';
}

export interface FetchResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: AsyncIterable<Uint8Array> | null;
}

/** @throws BodyTooLargeError as soon as more than `limit` bytes have come; the connection is given up then. */
export async function readText({ body }: FetchResponse, limit: number): Promise<string> {
  if (!body) return '';
  if (body instanceof Readable) {
    try {
      return (await collect(body, limit)).toString('utf8');
    } catch (error) {
      body.destroy();
      throw error;
    }
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of limited(body, limit)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Waits for the end of a body that nobody reads, so that the connection can be used again. */
export async function discard({ body }: FetchResponse): Promise<void> {
  if (!body) return;
  if (body instanceof Readable) {
    body.resume();
    if (!body.closed) await new Promise<void>((resolve) => body.once('close', () => resolve()));
  } else for await (const _ of body);
}
