// Simulates callers that push over keep-alive connections. The argument is a JSON object with the options below. The
// options `url` and `body` contain the placeholder `{}`. With `ownGroups`, each caller replaces `{}` with its index 0,
// 1, 2 and so on. Without `ownGroups`, all callers replace `{}` with `all`. The program prints the results as JSON, with
// durations in milliseconds.
const { Agent, request } = require('node:http');
const { setTimeout: delay } = require('node:timers/promises');

const options = JSON.parse(process.argv[2]);
const {
  callers,
  seconds = Number.POSITIVE_INFINITY,
  pushes = Number.POSITIVE_INFINITY,
  pauseMs,
  ownGroups,
} = options;
const { method, url, headers, body } = options;
const agent = new Agent({ keepAlive: true, maxSockets: callers });
const times = [];
let failed = 0;

const push = (caller) =>
  new Promise((resolve) => {
    const startedAt = performance.now();
    const group = ownGroups ? caller : 'all';
    const target = new URL(url.replace('{}', group));
    const text = body.replace('{}', group);
    const sent = request(
      target,
      { method, agent, headers: { ...headers, 'content-length': Buffer.byteLength(text) } },
      (response) => {
        if (response.statusCode >= 300) failed += 1;
        response.resume();
        response.once('end', () => {
          times.push(performance.now() - startedAt);
          resolve();
        });
      },
    );
    sent.once('error', () => {
      failed += 1;
      resolve();
    });
    sent.end(text);
  });

const startedAt = performance.now();
const until = startedAt + seconds * 1000;
const call = async (caller) => {
  // The delay is random, because real callers do not start at the same time.
  if (pauseMs > 0) await delay(Math.random() * pauseMs);
  while (performance.now() < until && times.length < pushes) {
    await push(caller);
    if (pauseMs > 0) await delay(pauseMs);
  }
};
Promise.all(Array.from({ length: callers }, (_, caller) => call(caller))).then(() => {
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(share * times.length))];
  const took = (performance.now() - startedAt) / 1000;
  console.log(JSON.stringify({ perSecond: times.length / took, p50: at(0.5), p99: at(0.99), failed }));
  process.exit();
});
