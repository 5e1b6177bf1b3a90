import { Hono } from 'hono';
import { describe, expect, it, vi } from 'vitest';
import type { ComponentStatus } from '../../../console/controls.ts';
import { componentPageRoutes } from '../../../console/server/routes/component-pages.ts';
import { fakeConsole, fakeControls, own } from '../fake-console.ts';

const running = {
  name: 'prometheus',
  state: 'running',
  pid: 7,
  url: 'http://127.0.0.1:9090',
  rssBytes: 1,
  restarts: 0,
  role: 'scrapes',
} as const satisfies ComponentStatus;

function routes(components: ComponentStatus[], answer: () => Promise<Response>) {
  const controls = { ...fakeControls(), status: async () => ({ ready: true, components }) };
  const send = vi.fn(answer);
  const app = new Hono().route(
    '/',
    componentPageRoutes(controls, () => send),
  );
  const page = async (name: string) => (await app.request(`/api/components/${name}/page`)).json();
  return { page, send };
}

describe('the URL of a component', () => {
  it('can be opened if the component answers with a success status', async () => {
    const { page } = routes([running], async () => new Response('a page'));
    expect(await page('prometheus')).toEqual({ url: running.url, opens: true });
  });

  it('cannot be opened if the component answers with an error status', async () => {
    const { page } = routes([running], async () => new Response('', { status: 500 }));
    expect(await page('prometheus')).toEqual({ url: running.url, opens: false });
  });

  it('is checked once for each process id of the component', async () => {
    const components: ComponentStatus[] = [running];
    const { page, send } = routes(components, async () => new Response('a page'));
    await page('prometheus');
    await page('prometheus');
    expect(send).toHaveBeenCalledTimes(1);
    components[0] = { ...running, pid: 8 };
    await page('prometheus');
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('is checked at each request if the component has no known process id', async () => {
    const { page, send } = routes([{ ...running, pid: null }], async () => new Response('a page'));
    await page('prometheus');
    await page('prometheus');
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('is checked again while the component does not answer', async () => {
    const { page, send } = routes([running], async () => {
      throw new Error('refused');
    });
    expect(await page('prometheus')).toEqual({ url: running.url, opens: null });
    await page('prometheus');
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('is not checked while the component is stopped', async () => {
    const { page, send } = routes([{ ...running, state: 'stopped' }], async () => new Response());
    expect(await page('prometheus')).toEqual({ url: running.url, opens: null });
    expect(send).not.toHaveBeenCalled();
  });

  it('is not checked if the component runs on another machine', async () => {
    const { page, send } = routes(
      [{ ...running, url: 'https://p2p.binance.com' }],
      async () => new Response(),
    );
    expect(await page('prometheus')).toEqual({ url: 'https://p2p.binance.com', opens: true });
    expect(send).not.toHaveBeenCalled();
  });

  it('is refused with status 404 if no component has the requested name', async () => {
    const { app, controls } = fakeConsole();
    controls.status.mockResolvedValue({ ready: true, components: [running] } as never);
    const response = await app.request('/api/components/grafana/page', { headers: own });
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('prometheus');
  });
});
