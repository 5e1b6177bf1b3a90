import type { Context, MiddlewareHandler } from 'hono';
import { problem } from './problem.ts';

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Refuses requests that come from other web pages.
 * @param peerHost IP address or host name without a dot. An attacker can register a name with a dot.
 */
export function ownPageOnly(port: number, peerHost = '127.0.0.1'): MiddlewareHandler {
  const pages = [`127.0.0.1:${port}`, `localhost:${port}`];
  const hosts = new Set([...pages, `${peerHost}:${port}`]);
  const origins = new Set(pages.map((page) => `http://${page}`));
  const refusal = (c: Context) => {
    // After DNS rebinding, `Host` contains the host name of the attacker's web page.
    if (!hosts.has(c.req.header('host') ?? '')) {
      return problem(
        c,
        421,
        `The request has a wrong host name. This server answers only requests for ${[...hosts].join(' and ')}. Open http://${pages[0]} in the browser.`,
      );
    }
    // Programs such as curl and Alertmanager send neither `Origin` nor `Sec-Fetch-Site`.
    const origin = c.req.header('origin');
    const isForeign = (origin !== undefined && !origins.has(origin)) || isEmbedded(c);
    return isForeign
      ? problem(
          c,
          403,
          `Another web page made the browser send this request. This server accepts only requests from its own page. Open http://${pages[0]} in the browser.`,
        )
      : undefined;
  };
  return async (c, next) => {
    const refused = refusal(c);
    if (refused) c.res = refused;
    else await next();
    c.header('Content-Security-Policy', contentSecurityPolicy);
    c.header('Cross-Origin-Resource-Policy', 'same-origin');
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'no-referrer');
    if (c.res.headers.get('Cache-Control') === null) c.header('Cache-Control', 'no-store');
  };
}

/** Browsers send the header `Sec-Fetch-Site` for images, but usually no header `Origin`. */
function isEmbedded(c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  const isForeign = site === 'cross-site' || site === 'same-site';
  // Links in other web pages are allowed. For a link, browsers send `Sec-Fetch-Dest: document`.
  return isForeign && c.req.header('sec-fetch-dest') !== 'document';
}
