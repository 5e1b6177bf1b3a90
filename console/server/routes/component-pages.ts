import { Hono } from 'hono';
import { type Send, sendTo } from '../../../verify/send.ts';
import { type ComponentPage, type Controls, UnknownComponent } from '../../controls.ts';

const answerWithinMs = 2000;

/** Whether the URL of a component opens a page. A Prometheus without web assets answers 500. */
export function componentPageRoutes(controls: Controls, sender: (url: string) => Send = sendTo): Hono {
  const app = new Hono();
  const known = new Map<string, boolean>();
  app.get('/api/components/:name/page', async (c) => {
    const { components } = await controls.status();
    const name = c.req.param('name');
    const found = components.find((component) => component.name === name);
    if (!found) {
      throw new UnknownComponent(
        name,
        components.map((component) => component.name),
      );
    }
    const { url, pid, state } = found;
    if (url === undefined) return c.json<ComponentPage>({ url: null, opens: false });
    // The console must not send requests to other machines.
    if (new URL(url).hostname !== '127.0.0.1') return c.json<ComponentPage>({ url, opens: true });
    if (state !== 'running') return c.json<ComponentPage>({ url, opens: null });
    const key = `${name} ${pid}`;
    const opens = known.get(key) ?? (await answers(sender(url)));
    // Without a process id, a restart of the component cannot be seen. The result is then not stored.
    if (pid !== null && opens !== undefined) known.set(key, opens);
    return c.json<ComponentPage>({ url, opens: opens ?? null });
  });
  return app;
}

/** Undefined if no answer arrives in time. */
async function answers(send: Send): Promise<boolean | undefined> {
  try {
    const response = await send('', { method: 'GET', signal: AbortSignal.timeout(answerWithinMs) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return undefined;
  }
}
