// An exporter with node:http and prom-client, as in the documentation of prom-client.
const { createServer } = require('node:http');
const { collectDefaultMetrics, Counter, Gauge, Histogram, register } = require('prom-client');

collectDefaultMetrics();
const sides = ['buy', 'sell'];
const reasons =
  'timeout network http_status rate_limited redirected too_large unsupported_encoding malformed refused no_offers implausible'.split(
    ' ',
  );
const discards = ['unreadable', 'other_market', 'not_a_number', 'not_positive', 'outlier'];
const help = 'Of the last page that was read, by side of the market.';
new Gauge({ name: 'usdt_vnd_rate', help: 'Median price of the first page of BUY offers.' }).set(26320);
new Gauge({ name: 'usdt_vnd_last_update', help: 'Unix time of the last successful refresh.' }).set(
  1767225600,
);
new Gauge({ name: 'usdt_vnd_up', help: '1 if the last refresh of the rate succeeded.' }).set(1);
const errors = new Counter({ name: 'usdt_vnd_fetch_errors_total', help, labelNames: ['side', 'reason'] });
const discarded = new Counter({
  name: 'usdt_vnd_offers_discarded_total',
  help,
  labelNames: ['side', 'reason'],
});
const duration = new Histogram({
  name: 'usdt_vnd_fetch_duration_seconds',
  help,
  labelNames: ['side'],
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});
const gauges = ['offers', 'best_price', 'median_price', 'spread'].map(
  (name) => new Gauge({ name: `usdt_vnd_${name}`, help, labelNames: ['side'] }),
);
for (const side of sides) {
  for (const reason of reasons) errors.inc({ side, reason }, 0);
  for (const reason of discards) discarded.inc({ side, reason }, 0);
  duration.observe({ side }, 0.2);
  for (const gauge of gauges) gauge.set({ side }, 26320);
}

createServer(async (_, response) => {
  response.setHeader('content-type', register.contentType);
  response.end(await register.metrics());
}).listen(Number(process.argv[2]), '127.0.0.1');
