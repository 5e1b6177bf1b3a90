/** A shop that counts its orders. Start the shop with `PORT=8080 node server.mjs`. */
import { createServer } from 'node:http';
import { Counter, collectDefaultMetrics, Histogram, register } from 'prom-client';

collectDefaultMetrics();

const orders = new Counter({
  name: 'shop_orders_total',
  help: 'Orders, by outcome.',
  labelNames: ['outcome'],
});
// Each counter starts at 0. Otherwise Prometheus would not see the first order as an increase.
for (const outcome of ['accepted', 'rejected']) orders.inc({ outcome }, 0);

const durations = new Histogram({
  name: 'shop_request_duration_seconds',
  help: 'Time to answer a request, in seconds.',
  // A label with the path would create a series for each path.
  labelNames: ['route'],
  buckets: [0.005, 0.02, 0.1, 0.5, 2],
});

function order(url) {
  const items = Number(url.searchParams.get('items'));
  const outcome = Number.isSafeInteger(items) && items > 0 ? 'accepted' : 'rejected';
  orders.inc({ outcome });
  return outcome === 'accepted'
    ? { status: 201, body: `ordered ${items}\n` }
    : { status: 400, body: 'items: expected a whole number above 0; add ?items=1 to the URL\n' };
}

const routes = {
  'POST /orders': order,
  'GET /healthz': () => ({ status: 200, body: 'ok\n' }),
  'GET /metrics': async () => ({ status: 200, body: await register.metrics(), type: register.contentType }),
};

const server = createServer(async (request, response) => {
  // A request target such as // is not a valid URL.
  const url = URL.canParse(request.url, 'http://localhost') && new URL(request.url, 'http://localhost');
  const route = url ? `${request.method} ${url.pathname}` : 'other';
  const known = Object.hasOwn(routes, route);
  const stopTimer = durations.startTimer({ route: known ? route : 'other' });
  const answer = known ? await routes[route](url) : { status: 404, body: 'not found\n' };
  response.writeHead(answer.status, { 'content-type': answer.type ?? 'text/plain' }).end(answer.body);
  stopTimer();
});

server.listen(Number(process.env.PORT ?? 8080), process.env.HOST ?? '127.0.0.1', () => {
  console.log(`listening on port ${server.address().port}`);
});
process.once('SIGTERM', () => server.close());
