import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { LiveSection } from '../../live.ts';
import type { LiveHub } from '../live/hub.ts';
import { problem } from '../problem.ts';

/** Without messages, a proxy or a browser can close an idle connection. */
const keepAliveMs = 15_000;
const reconnectMs = 1000;
export const maxPages = 50;

/** Sends changed sections of the live state. A slow page receives only the newest values. */
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
      // Each call needs a new promise. With a shared promise, the memory would grow by 20 MB an hour.
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
            // If the page disconnects, `writeSSE` never finishes.
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
