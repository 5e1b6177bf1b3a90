import type { IncomingMessage, RequestListener } from 'node:http';
import { getRequestListener, type HttpBindings, RequestError } from '@hono/node-server';
import { BodyTooLargeError, limited } from '../../http/body-limit.ts';
import { problem } from '../../http/problem.ts';

export type FetchHandler = (request: Request) => Response | Promise<Response>;

export interface ListenerOptions {
  readonly maxBodyBytes: number;
  /** Whether a `Host` header is a name of this server. @default every name is accepted */
  readonly isOwnHost?: ((host: string) => boolean) | undefined;
}

/** A `Host` header with a name or address and an optional port, and nothing more. */
const hostPattern = /^(?:[\w.-]+|\[[\da-fA-F:.]+\])(?::\d{1,5})?$/;

/** The host of an HTTP/1.0 request without a `Host` header. */
const defaultHost = 'localhost';

/**
 * Runs a fetch handler for Node's HTTP server. `@hono/node-server` replaces the global `Request` and `Response` by its
 * own classes, which create no native object for most requests. This reduces the processor time of a scrape to a third
 * (docs/adr/node-adapter.md).
 */
export function createListener(handler: FetchHandler, options: ListenerOptions): RequestListener {
  // Most clients repeat the same `Host` header. The last accepted header needs no second check.
  let admitted: string | undefined;
  const answer = (request: Request, incoming: IncomingMessage) => {
    const host = incoming.headers.host ?? defaultHost;
    const refused =
      targetRefusal(incoming) ??
      (host === admitted ? undefined : hostRefusal(host, options)) ??
      bodyRefusal(incoming, options);
    if (refused) return refused;
    admitted = host;
    return handler(withLimit(request, incoming, options));
  };
  return getRequestListener((request, bindings) => answer(request, (bindings as HttpBindings).incoming), {
    hostname: defaultHost,
    errorHandler: (error) => (error instanceof RequestError ? malformed() : failure()),
  });
}

function targetRefusal(incoming: IncomingMessage): Response | undefined {
  return incoming.url?.startsWith('/') ? undefined : malformed();
}

function hostRefusal(host: string, { isOwnHost }: ListenerOptions): Response | undefined {
  // The pattern alone accepts invalid hosts: 127.0.0.999, or a port above 65535.
  if (!hostPattern.test(host) || !URL.canParse(`http://${host}`)) return malformed();
  if (isOwnHost && !isOwnHost(host)) {
    return problem({
      status: 421,
      title: 'Misdirected Request',
      detail: 'the Host header is not a name of this server',
    });
  }
  return undefined;
}

/** Refuses a body by its announced length. Node's parser ends a body at that length. */
function bodyRefusal(incoming: IncomingMessage, { maxBodyBytes }: ListenerOptions): Response | undefined {
  if (!(Number(incoming.headers['content-length']) > maxBodyBytes)) return undefined;
  const { message: detail } = new BodyTooLargeError(maxBodyBytes);
  return problem({ status: 413, title: 'Content Too Large', detail }, { Connection: 'close' });
}

/**
 * Limits a body without an announced length: reading the body fails with `BodyTooLargeError` beyond the limit. Hono's
 * `bodyLimit` would keep the whole body in memory, and would make a native request for every GET.
 */
function withLimit(request: Request, incoming: IncomingMessage, { maxBodyBytes }: ListenerOptions): Request {
  if (incoming.headers['transfer-encoding'] === undefined || !request.body) return request;
  const body = ReadableStream.from(limited(request.body, maxBodyBytes));
  return new Request(request, { body, duplex: 'half' });
}

function malformed(): Response {
  return problem({
    status: 400,
    title: 'Bad Request',
    detail: 'the Host header or the request target is malformed',
  });
}

/** The answer for a handler that throws; an app handles its own errors. */
function failure(): Response {
  return problem({ status: 500, title: 'Internal Server Error' });
}
