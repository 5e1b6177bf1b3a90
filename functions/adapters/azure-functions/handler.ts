import type { Cookie, HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { Hono } from 'hono';

export interface AzureBindings {
  readonly invocationContext: InvocationContext;
}

/** Creates the handler of an HTTP trigger for an app. */
export function httpHandler(app: Pick<Hono, 'fetch'>): HttpHandler {
  return async (request, invocationContext) => {
    const bindings: AzureBindings = { invocationContext };
    return responseInit(await app.fetch(webRequest(request), bindings));
  };
}

function webRequest(request: HttpRequest): Request {
  const { method, url, headers } = request;
  const body =
    method === 'GET' || method === 'HEAD' ? null : (request.body as ReadableStream<Uint8Array> | null);
  return new Request(url, { method, headers, ...(body && { body, duplex: 'half' }) });
}

function responseInit(response: Response): HttpResponseInit {
  const headers = new Headers(response.headers);
  // The Azure library sends only one `set-cookie` header. The list `cookies` can contain several cookies.
  const cookies = headers.getSetCookie().map(parseCookie);
  headers.delete('set-cookie');
  return {
    status: response.status,
    headers,
    ...(response.body && { body: response.body as HttpResponseInit['body'] }),
    ...(cookies.length > 0 && { cookies }),
  };
}

function parseCookie(header: string): Cookie {
  const [pair = '', ...attributes] = header.split(';').map((part) => part.trim());
  const [name, value] = halves(pair);
  const cookie: Cookie = { name, value: decode(value) };
  for (const attribute of attributes) {
    const [key, text] = halves(attribute);
    switch (key.toLowerCase()) {
      case 'domain':
        cookie.domain = text;
        break;
      case 'path':
        cookie.path = text;
        break;
      case 'expires':
        cookie.expires = new Date(text);
        break;
      case 'max-age':
        cookie.maxAge = Number(text);
        break;
      case 'secure':
        cookie.secure = true;
        break;
      case 'httponly':
        cookie.httpOnly = true;
        break;
      case 'samesite':
        cookie.sameSite = sameSite[text.toLowerCase()];
        break;
    }
  }
  return cookie;
}

const sameSite: Readonly<Record<string, Cookie['sameSite']>> = { strict: 'Strict', lax: 'Lax', none: 'None' };

function halves(text: string): [string, string] {
  const at = text.indexOf('=');
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** Decodes a cookie value, because the Azure library encodes the value again. */
function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
