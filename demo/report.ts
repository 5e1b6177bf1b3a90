import type { ComponentStatus } from '../console/index.ts';
import { documentedQueries } from '../metrics/queries.ts';
import { local } from './component.ts';
import { queryPort } from './engine.ts';
import type { Settings } from './settings.ts';

/** Name of the component that the report suggests to kill. */
const killed = 'prometheus';

const noPage = ' (this program has no web page, because its Go module does not contain the page)';

/**
 * @param seconds duration of the start
 * @param withoutPage names of the components without a web UI
 */
export function readyReport(
  settings: Settings,
  components: readonly ComponentStatus[],
  seconds: number,
  withoutPage: ReadonlySet<string>,
): string {
  const listening = components.flatMap(({ url, ...component }) => (url ? [{ ...component, url }] : []));
  const nameWidth = Math.max(...listening.map((c) => c.name.length));
  const urlWidth = Math.max(...listening.map((c) => c.url.length));
  const rows = listening.map(
    (c) =>
      `  ${c.name.padEnd(nameWidth)}  ${c.url.padEnd(urlWidth)}  ${c.role}${withoutPage.has(c.name) ? noPage : ''}`,
  );
  const { ports, engine } = settings;
  const megabytes = components.reduce((sum, c) => sum + c.rssBytes, 0) / 1e6;
  const example = documentedQueries.find((q) => q.act === 'federation')?.expr ?? 'up';
  const offset = settings.portOffset > 0 ? ` --port-offset ${settings.portOffset}` : '';
  const demo = (command: string) => `npm run demo -- ${command}${offset}`;
  return [
    '',
    ...rows,
    '',
    'Try',
    `  the console      ${local(ports.console)}`,
    `  a query          curl -sG ${local(ports[queryPort(engine)], '/api/v1/query')} --data-urlencode 'query=${example}'`,
    `  run the batch    ${demo('batch')}`,
    `  break something  ${demo('fault nats-killed --for 2m')}`,
    `  kill ${killed}  kill -9 ${components.find((c) => c.name === killed)?.pid}, then watch the console`,
    '',
    `Ready in ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB of memory. Ctrl-C stops everything.`,
  ].join('\n');
}
