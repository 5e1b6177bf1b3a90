import type { MiddlewareHandler } from 'hono';
import { problem } from './problem.ts';

/**
 * Content Security Policy of the pages. Scripts and styles must come from the console itself; inline scripts and styles
 * are refused.
 */
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
 * Refuses requests that another web page sends through the user's browser. After DNS rebinding, the Host header
 * contains the name of the other page's server. The Origin header contains the origin of the other page. Programs such
 * as curl and Alertmanager send no Origin.
 * @param peerHost host at which other programs of the pipeline reach this server. A browser on another network cannot
 * resolve this host, because it contains no dot.
 */
export function ownPageOnly(port: number, peerHost = '127.0.0.1'): MiddlewareHandler {
  const pages = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  const hosts = new Set([...pages, `${peerHost}:${port}`]);
  return async (c, next) => {
    const host = c.req.header('host') ?? '';
    const origin = c.req.header('origin');
    if (!hosts.has(host)) {
      return problem(c, 421, `This server answers only requests for ${[...hosts].join(' and ')}.`);
    }
    if (origin !== undefined && !pages.has(origin.replace(/^http:\/\//, ''))) {
      return problem(c, 403, 'This server refuses requests from other web pages.');
    }
    await next();
    c.header('Content-Security-Policy', contentSecurityPolicy);
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'no-referrer');
    if (c.res.headers.get('Cache-Control') === null) c.header('Cache-Control', 'no-store');
    return undefined;
  };
}
