/** Markdown paragraphs. */
export const preparation: readonly string[] = [
  'Run `npm ci && npm start` half an hour before the presentation. The first start may compile the programs, and the result of the query `deriv(…[1h])` is better with older samples. Then run `npm run verify -- laptop` in a second terminal. Every line of the output must have a tick, except the line of Grafana, because the command skips this check. Open <http://127.0.0.1:3000/tour>. To present a cluster, run `npm run console -- <environment>` ([how](docs/console-of-a-cluster.md)). The presentation of a cluster uses the same queries.',
  'Every seventh run of the batch fails on purpose, and `BatchRunFailed` then fires until the next good run, for about a minute. Ignore this alert.',
  'Most steps have a question for the audience. The planned times include the answers. If the time is short, leave out the questions. The notes show the planned time of each step.',
];

/** Markdown. What can go wrong during the presentation, and what to do. */
export const problems: readonly { readonly problem: string; readonly remedy: string }[] = [
  {
    problem: 'a component has ended',
    remedy: 'no action is necessary: the pipeline restarts the component within ten seconds',
  },
  {
    problem: 'a component is `unhealthy`: it runs and does not answer',
    remedy:
      'choose kill on its node of the map, or run `kill -9` with its pid from <http://127.0.0.1:3000/api/status>; the pipeline restarts the component',
  },
  {
    problem: 'a port is in use',
    remedy:
      'the message names the program that uses the port; `npm start -- --port-offset 10000` moves all ports',
  },
  {
    problem: '`BatchRunFailed` fires',
    remedy: 'no action is necessary: every seventh run fails on purpose, and the next run resolves the alert',
  },
  {
    problem: 'a query has no data',
    remedy: 'run `npm run verify -- laptop`; the table names the target that is down',
  },
  {
    problem: 'a step gets no tick',
    remedy:
      'on the page **Faults**, end every fault; then run the action of the step again; the step shows which data is missing',
  },
  {
    problem: 'the browser does not switch to full screen',
    remedy: 'no action is necessary: without full screen, presenter mode uses the whole browser window',
  },
  {
    problem: 'there is no network',
    remedy:
      'no action is necessary: after the first start, the pipeline needs a network only for `--live-rates`',
  },
];
