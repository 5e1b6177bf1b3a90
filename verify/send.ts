import type { Dispatcher } from 'undici';
import { direct } from './direct.ts';

/** Sends a request to a server and returns the answer unchanged. A body is sent as a form. */
export type Send = (
  path: string,
  init: { readonly method: string; readonly body?: string; readonly signal: AbortSignal },
) => Promise<Response>;

/**
 * Creates a function that sends requests to the server.
 * @param dispatcher undici dispatcher that trusts the CA of the server's certificate. The default is a direct
 * connection without a proxy.
 */
export function sendTo(url: string, dispatcher?: Dispatcher): Send {
  return async (path, { method, body, signal }) => {
    // The import is delayed to the first request, because it takes 0.1 s. A start of the pipeline sends no request.
    const { fetch } = await import('undici');
    const headers = body === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' };
    const route = dispatcher ?? (await direct());
    const init = { method, headers, signal, dispatcher: route, ...(body !== undefined && { body }) };
    return (await fetch(`${url}${path}`, init)) as unknown as Response;
  };
}
