import type { IncomingMessage, RequestListener } from 'node:http';
import { getRequestListener, type HttpBindings, RequestError } from '@hono/node-server';
import { BodyTooLargeError, contentTooLarge, limited } from '../../http/body-limit.ts';
import { problem } from '../../http/problem.ts';

export type FetchHandler = (request: Request) => Response | Promise<Response>;

export interface ListenerOptions {
  readonly maxBodyBytes: number;
  /**
   * Whether the server accepts a `Host` header.
   * @default accepts every valid header
   */
  readonly isOwnHost?: ((host: string) => boolean) | undefined;
}

const hostPattern = /^(?:[\w.-]+|\[[\da-fA-F:.]+\])(?::\d{1,5})?$/;

const defaultHost = 'localhost';

export function createListener(handler: FetchHandler, options: ListenerOptions): RequestListener {
  // The last `Host` header that was accepted. Requests with the same header need no second check.
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
  // `@hono/node-server` replaces the global `Request` and `Response` for speed (docs/adr/node-adapter.md).
  return getRequestListener((request, bindings) => answer(request, (bindings as HttpBindings).incoming), {
    hostname: defaultHost,
    errorHandler: (error) => (error instanceof RequestError ? malformed() : failure()),
  });
}

function targetRefusal(incoming: IncomingMessage): Response | undefined {
  return incoming.url?.startsWith('/') ? undefined : malformed();
}

function hostRefusal(host: string, { isOwnHost }: ListenerOptions): Response | undefined {
  // `hostPattern` accepts the host 127.0.0.999 and the port 70000, but `URL.canParse` refuses both.
  if (!hostPattern.test(host) || !URL.canParse(`http://${host}`)) return malformed();
  if (isOwnHost && !isOwnHost(host)) {
    return problem({
      status: 421,
      title: 'Misdirected Request',
      detail: 'the Host header names another server. Send the request to localhost or to a loopback address',
    });
  }
  return undefined;
}

function bodyRefusal(incoming: IncomingMessage, { maxBodyBytes }: ListenerOptions): Response | undefined {
  if (!(Number(incoming.headers['content-length']) > maxBodyBytes)) return undefined;
  return contentTooLarge(new BodyTooLargeError(maxBodyBytes), { Connection: 'close' });
}

/** Limits a body without `Content-Length`. `bodyLimit` of Hono would keep the whole body in memory. */
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

/** The answer if a handler throws. A Hono app does not throw, because it answers its errors itself. */
function failure(): Response {
  return problem({ status: 500, title: 'Internal Server Error' });
}
