import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { LiveHub } from '../live/hub.ts';

/** A proxy or a browser drops a silent connection; a comment every 15 s keeps it open. */
const keepAliveMs = 15_000;
/** Milliseconds after which a browser connects again when the connection has ended. */
const reconnectMs = 1000;
const maxPages = 50;

/** `GET /api/events`: the live state as server-sent events, one event for each changed section. */
export function eventRoutes(hub: LiveHub): Hono {
  const app = new Hono();
  let open = 0;
  app.get('/api/events', (c) => {
    if (open >= maxPages) return c.text(`${maxPages} pages are open already. Close one of them.`, 503);
    return streamSSE(c, async (stream) => {
      open += 1;
      const unsubscribe = hub.subscribe((section, json) => {
        void stream.writeSSE({ event: section, data: json, retry: reconnectMs });
      });
      const keepAlive = setInterval(() => void stream.write(': open\n\n'), keepAliveMs);
      try {
        await new Promise<void>((resolve) => stream.onAbort(resolve));
      } finally {
        clearInterval(keepAlive);
        unsubscribe();
        open -= 1;
      }
    });
  });
  return app;
}
