import type { IncomingMessage, RequestListener } from 'node:http';
import { getRequestListener, type HttpBindings, RequestError } from '@hono/node-server';
import { BodyTooLargeError, limited } from '../../http/body-limit.ts';
import { problem } from '../../http/problem.ts';

export type FetchHandler = (request: Request) => Response | Promise<Response>;

export interface ListenerOptions {
  readonly maxBodyBytes: number;
  /**
   * Whether the value of a `Host` header names this server.
   * @default every name is accepted
   */
  readonly isOwnHost?: ((host: string) => boolean) | undefined;
}

/** A `Host` header has a name or an IP address, and an optional port. */
const hostPattern = /^(?:[\w.-]+|\[[\da-fA-F:.]+\])(?::\d{1,5})?$/;

/** For an HTTP/1.0 request without a `Host` header. */
const defaultHost = 'localhost';

/**
 * Creates the request listener of a Node HTTP server. `@hono/node-server` replaces the global classes `Request` and
 * `Response`, because the classes of this package create no native object for most requests. Without the replacement, a
 * scrape takes three times the processor time (docs/adr/node-adapter.md).
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
  // The pattern alone would accept invalid hosts, such as 127.0.0.999 or a port above 65535.
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

/**
 * The refusal of a request with a too large `Content-Length`, otherwise undefined. A body cannot be longer than its
 * `Content-Length`, because the parser of Node ends the body there.
 */
function bodyRefusal(incoming: IncomingMessage, { maxBodyBytes }: ListenerOptions): Response | undefined {
  if (!(Number(incoming.headers['content-length']) > maxBodyBytes)) return undefined;
  const { message: detail } = new BodyTooLargeError(maxBodyBytes);
  return problem({ status: 413, title: 'Content Too Large', detail }, { Connection: 'close' });
}

/**
 * Limits a body without `Content-Length`. A read beyond the limit fails with `BodyTooLargeError`. `bodyLimit` of Hono
 * does not fit: it keeps the whole body in memory and creates a native request for every GET.
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

/** The answer to an error of the handler itself. An app answers its own errors. */
function failure(): Response {
  return problem({ status: 500, title: 'Internal Server Error' });
}
