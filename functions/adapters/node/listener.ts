import type { IncomingMessage, OutgoingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { problem } from '../../http/problem.ts';
import { hasBody, LeanRequest } from './lean-request.ts';
import { LeanResponse } from './lean-response.ts';

export type FetchHandler = (request: Request) => Response | Promise<Response>;

export interface ListenerOptions {
  readonly scheme: 'http' | 'https';
  readonly maxBodyBytes: number;
  /** Whether a `Host` header may name this server; any may where this is not given. */
  readonly isOwnHost?: ((host: string) => boolean) | undefined;
}

/** A `Host` without user, path or port tricks. */
const authority = /^(?:[\w.-]+|\[[\da-fA-F:.]+\])(?::\d{1,5})?$/;

/** Runs a fetch handler for Node's HTTP server. */
export function createListener(handler: FetchHandler, options: ListenerOptions): RequestListener {
  // Clients come back: the last one's `Host` need not be looked at again.
  let admitted: string | undefined;
  return (incoming, outgoing) => {
    const host = incoming.headers.host ?? 'localhost';
    const refused = targetRefusal(incoming) ?? (host === admitted ? undefined : hostRefusal(host, options));
    if (refused) {
      void write(outgoing, refused);
      return;
    }
    admitted = host;
    const request = new LeanRequest(
      incoming,
      `${options.scheme}://${host}${incoming.url}`,
      options.maxBodyBytes,
    );
    outgoing.once('close', () => {
      if (!outgoing.writableFinished) request.closed();
    });
    let response: Response | Promise<Response>;
    try {
      response = handler(request as unknown as Request);
    } catch {
      response = failure();
    }
    if (response instanceof Promise) {
      response
        .catch(failure)
        .then((settled) => write(outgoing, settled))
        .catch(() => outgoing.destroy());
    } else {
      write(outgoing, response).catch(() => outgoing.destroy());
    }
  };
}

function targetRefusal(incoming: IncomingMessage): Response | undefined {
  return incoming.url?.startsWith('/') ? undefined : malformed();
}

function hostRefusal(host: string, { isOwnHost }: ListenerOptions): Response | undefined {
  // Not every one that looks like one makes a URL: 127.0.0.999, or a port beyond the last.
  if (!authority.test(host) || !URL.canParse(`http://${host}`)) return malformed();
  if (isOwnHost && !isOwnHost(host)) {
    return problem({
      status: 421,
      title: 'Misdirected Request',
      detail: 'Host is not a name of this server',
    });
  }
  return undefined;
}

function malformed(): Response {
  return problem({ status: 400, title: 'Bad Request', detail: 'malformed Host or target' });
}

/** An app answers its own errors; this is for a handler that has none. */
function failure(): Response {
  return problem({ status: 500, title: 'Internal Server Error' });
}

async function write(outgoing: ServerResponse, response: Response): Promise<void> {
  if (outgoing.destroyed) return;
  // What was not read of a request would be taken for the next one on this connection.
  if (!outgoing.req.complete && hasBody(outgoing.req)) outgoing.shouldKeepAlive = false;
  const plain = response instanceof LeanResponse ? response.plain : undefined;
  const body = plain ? plain.body : undefined;
  if (
    plain &&
    (body === null || body === undefined || typeof body === 'string' || body instanceof Uint8Array)
  ) {
    const headers = plainHeaders(plain.headers);
    if (body === null || body === undefined) {
      outgoing.writeHead(response.status, headers).end();
      return;
    }
    headers['content-length'] ??= Buffer.byteLength(body);
    if (typeof body === 'string') headers['content-type'] ??= 'text/plain;charset=UTF-8';
    outgoing.writeHead(response.status, headers).end(body);
    return;
  }
  outgoing.writeHead(response.status, plainHeaders(response.headers));
  if (!response.body) {
    outgoing.end();
    return;
  }
  await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), outgoing);
}

/** Names in lower case; `set-cookie` as a list. */
function plainHeaders(headers: ConstructorParameters<typeof Headers>[0]): OutgoingHttpHeaders {
  const plain: OutgoingHttpHeaders = {};
  if (headers === undefined) return plain;
  const entries = Symbol.iterator in headers ? headers : Object.entries(headers);
  for (const [name, value] of entries as Iterable<[string, string]>) {
    const key = name.toLowerCase();
    if (key !== 'set-cookie') plain[key] = value;
    else plain[key] = [...((plain[key] as string[] | undefined) ?? []), value];
  }
  return plain;
}
