import type { Dispatcher } from 'undici';
import { direct } from './direct.ts';

/** Sends a request to a server and returns the answer unchanged. A body is sent as a form. */
export type Send = (
  path: string,
  init: { readonly method: string; readonly body?: string; readonly signal: AbortSignal },
) => Promise<Response>;

/** @param dispatcher undici dispatcher with the CA of the server. The default connects without a proxy. */
export function sendTo(url: string, dispatcher?: Dispatcher): Send {
  return async (path, { method, body, signal }) => {
    // The import is delayed, because loading undici takes 0.1 s.
    const { fetch } = await import('undici');
    const headers = body === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' };
    const route = dispatcher ?? (await direct());
    const init = { method, headers, signal, dispatcher: route, ...(body !== undefined && { body }) };
    return (await fetch(`${url}${path}`, init)) as unknown as Response;
  };
}
