import { ports } from '../../config/topology.ts';
import { sourceList } from '../../sources/index.ts';
import { counts } from '../../test/metrics/counts.ts';
import { type Generated, withRegion } from './region.ts';

/** Descriptions of the ports that nothing scrapes. */
const otherPorts: Readonly<Record<keyof typeof ports, string>> = {
  console: 'console, `/api/status`',
  nats: 'NATS, clients',
  natsMonitor: 'NATS, monitoring',
  edgeNats: 'second NATS, clients',
  edgeNatsMonitor: 'second NATS, monitoring',
  binanceMock: 'mock of Binance P2P',
  airflow: 'Airflow, with `--airflow`',
};

function portTable(): string {
  const scraped = sourceList
    .filter(({ runsOn }) => runsOn === 'laptop-and-cluster')
    .map(({ program, port, job, scrapedBy }) => ({
      what: `${program.name}, metrics`,
      port,
      job: `\`${job}\`${scrapedBy === 'agent' ? ', by the agent' : ''}`,
    }));
  const others = Object.entries(ports).map(([name, port]) => ({
    what: otherPorts[name as keyof typeof ports],
    port,
    job: '–',
  }));
  const rows = [...scraped, ...others].sort((one, two) => one.port - two.port);
  return [
    '| port | program | scraped as |',
    '|---|---|---|',
    ...rows.map(({ port, what, job }) => `| ${port} | ${what} | ${job} |`),
  ].join('\n');
}

function countedSentence(): string {
  const { alerts, recordingRules, dashboards, panels, documentedQueries } = counts();
  return [
    `${alerts} alerts, each with a rule test and a [runbook](docs/runbooks); ${recordingRules} recording rules; ${dashboards} dashboards with ${panels} panels.`,
    `Every panel and each of the ${documentedQueries} queries in these documents has returned data on the running laptop pipeline. \`npm run counts\` counts them again.`,
  ].join('\n');
}

/** The README's regions that repeat facts of the code. */
export const readme: Generated = {
  file: 'README.md',
  text: (current) => withRegion(withRegion(current, 'ports', portTable()), 'counts', countedSentence()),
};
