import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { LiveSection } from '../../live.ts';
import type { LiveHub } from '../live/hub.ts';
import { problem } from '../problem.ts';

/** Milliseconds between two comments in the stream. A proxy or a browser would close a connection without data. */
const keepAliveMs = 15_000;
/** Milliseconds until a browser opens an ended connection again. */
const reconnectMs = 1000;
export const maxPages = 50;

/**
 * `GET /api/events`: the live state as server-sent events, one for each changed section. A slow page gets only the
 * newest value of a section, therefore memory holds at most one value of each section.
 */
export function eventRoutes(hub: LiveHub): Hono {
  const app = new Hono();
  let open = 0;
  app.get('/api/events', (c) => {
    if (open >= maxPages) {
      return problem(
        c,
        429,
        `${maxPages} pages are open already. Close one of them. This page then connects automatically.`,
      );
    }
    return streamSSE(c, async (stream) => {
      open += 1;
      const waiting = new Map<LiveSection, string>();
      let keepAliveIsDue = false;
      let wake = () => {};
      let end = () => {};
      stream.onAbort(() => end());
      // Each wait has its own promise. One promise for the connection would keep all waits in memory until the page
      // closes: 20 MB after an hour.
      const orEnded = (wait: Promise<unknown>) =>
        new Promise<void>((resolve, reject) => {
          end = resolve;
          if (stream.aborted) resolve();
          wait.then(() => resolve(), reject);
        });
      const unsubscribe = hub.subscribe((section, json) => {
        waiting.set(section, json);
        wake();
      });
      const keepAlive = setInterval(() => {
        keepAliveIsDue = true;
        wake();
      }, keepAliveMs);
      try {
        while (!stream.aborted) {
          const woken = new Promise<void>((resolve) => {
            wake = resolve;
          });
          for (const [section, json] of waiting) {
            waiting.delete(section);
            // A write to a disconnected page never ends. Therefore the loop also waits for the end of the connection.
            await orEnded(stream.writeSSE({ event: section, data: json, retry: reconnectMs }));
            if (stream.aborted) return;
          }
          if (keepAliveIsDue) await orEnded(stream.write(': open\n\n'));
          keepAliveIsDue = false;
          await orEnded(woken);
        }
      } finally {
        clearInterval(keepAlive);
        unsubscribe();
        open -= 1;
      }
    });
  });
  return app;
}
