import type { MiddlewareHandler } from 'hono';

/**
 * Refuses requests that another web page sends through the user's browser. The Host header reveals a name that was
 * rebound to 127.0.0.1; the Origin header reveals a foreign page. Programs such as curl and Alertmanager send no
 * Origin.
 */
export function ownPageOnly(port: number): MiddlewareHandler {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  return async (c, next) => {
    const host = c.req.header('host') ?? '';
    const origin = c.req.header('origin');
    if (!hosts.has(host))
      return c.json(problem(421, `This console answers to ${[...hosts].join(' and ')} only.`), 421);
    if (origin !== undefined && !hosts.has(origin.replace(/^http:\/\//, ''))) {
      return c.json(problem(403, 'The console refuses requests from other web pages.'), 403);
    }
    await next();
    c.header(
      'Content-Security-Policy',
      "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'",
    );
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Cache-Control', 'no-store');
    return undefined;
  };
}

export function problem(status: number, detail: string) {
  return { type: 'about:blank', status, detail };
}
