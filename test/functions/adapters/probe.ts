import { Hono } from 'hono';
import { type FunctionDefinition, TaskError } from '../../../functions/function.ts';
import { errorHandler } from '../../../functions/http/error-handler.ts';
import { problem } from '../../../functions/http/problem.ts';

/** A test function. The answer of `/seen` contains the request that the app received. */
export const probe: FunctionDefinition = {
  name: 'probe',
  defaultPort: 0,
  create(env, { lifetime, log }) {
    const app = new Hono();
    app.post('/echo', async (c) =>
      c.body(await c.req.arrayBuffer(), 200, {
        'content-type': c.req.header('content-type') ?? 'application/octet-stream',
      }),
    );
    app.get('/seen/*', (c) =>
      c.json({ path: c.req.path, url: c.req.url, method: c.req.method, headers: c.req.header(), lifetime }),
    );
    app.get('/cookies', (c) => {
      c.header('set-cookie', 'a=1; Path=/; HttpOnly', { append: true });
      c.header('set-cookie', 'b=2; Path=/; SameSite=Strict', { append: true });
      return c.text('two');
    });
    app.get('/stream', () => {
      const encoder = new TextEncoder();
      let sent = 0;
      const body = new ReadableStream({
        pull(controller) {
          if (sent === 100) controller.close();
          else controller.enqueue(encoder.encode(`line ${sent++}\n`));
        },
      });
      return new Response(body, { headers: { 'content-type': 'text/plain' } });
    });
    app.get('/broken-stream', () => {
      const body = new ReadableStream({
        start: (controller) => controller.error(new Error('the source broke')),
      });
      return new Response(body);
    });
    app.get('/nothing', () => new Response(null, { status: 204 }));
    app.get('/throws', () => {
      throw new Error('secret detail');
    });
    app.notFound(() => problem({ status: 404, title: 'Not Found' }));
    app.onError(errorHandler(log));
    return {
      app,
      task: {
        name: 'outcome',
        schedule: '0 0 0 1 1 *',
        async run(signal) {
          switch (env.OUTCOME) {
            case 'failed':
              throw new TaskError('it failed');
            case 'temporary':
              throw new TaskError('it was away', { temporary: true });
            case 'endless':
              return new Promise((_, reject) => {
                signal.addEventListener('abort', () => reject(new TaskError('it was cut short')));
              });
            default:
              return { did: 'it' };
          }
        },
      },
    };
  },
};
