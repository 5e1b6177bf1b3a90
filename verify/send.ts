import type { Dispatcher } from 'undici';
import { direct } from './direct.ts';

/** Sends a request to a server and returns the answer unchanged. The body is sent as a form. */
export type Send = (
  path: string,
  init: { readonly method: string; readonly body?: string; readonly signal: AbortSignal },
) => Promise<Response>;

/**
 * Creates a function that sends requests to the server at `url`. The caller chooses the paths.
 * @param dispatcher undici dispatcher that trusts the CA of the server's certificate. The default is a direct
 * connection without a proxy.
 */
export function sendTo(url: string, dispatcher?: Dispatcher): Send {
  return async (path, { method, body, signal }) => {
    // The first request imports undici. This saves 0.1 s at a start of the pipeline, which sends no request.
    const { fetch } = await import('undici');
    const headers = body === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' };
    const route = dispatcher ?? (await direct());
    const init = { method, headers, signal, dispatcher: route, ...(body !== undefined && { body }) };
    return (await fetch(`${url}${path}`, init)) as unknown as Response;
  };
}
