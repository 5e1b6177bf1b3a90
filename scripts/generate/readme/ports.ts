import { ports } from '../../../config/topology.ts';
import { sourceList } from '../../../sources/index.ts';
import { code, table } from '../table.ts';

/** Ports that `sources/` does not declare. */
const otherPorts: Readonly<Record<keyof typeof ports, string>> = {
  console: 'console, `/api/status`',
  grafana: 'Grafana, if `grafana` is on PATH',
  nats: 'NATS, clients',
  natsMonitor: 'NATS, monitoring',
  edgeNats: 'second NATS, clients',
  edgeNatsMonitor: 'second NATS, monitoring',
  binanceMock: 'mock of Binance P2P',
  remoteWriteListener: 'remote write of the edge',
  airflow: 'Airflow, with `--airflow`',
  ...thanosReceiver(1),
  ...thanosReceiver(2),
  ...thanosReceiver(3),
  thanosQuery: 'Thanos querier, with `--engine thanos`',
  thanosQueryGrpc: 'Thanos querier, gRPC',
  thanosRule: 'Thanos ruler, with `--engine thanos`',
  thanosRuleGrpc: 'Thanos ruler, gRPC',
};

function thanosReceiver<N extends 1 | 2 | 3>(number: N) {
  return {
    [`thanosReceive${number}`]: `Thanos receiver ${number}, with \`--engine thanos\``,
    [`thanosReceive${number}Grpc`]: `Thanos receiver ${number}, gRPC`,
    [`thanosReceive${number}Write`]: `Thanos receiver ${number}, remote write`,
    [`thanosReceive${number}Capnproto`]: `Thanos receiver ${number}, Cap'n Proto, unused`,
  } as Readonly<Record<`thanosReceive${N}${'' | 'Grpc' | 'Write' | 'Capnproto'}`, string>>;
}

export function portTable(): string {
  const scraped = sourceList
    .filter(({ runsOn }) => runsOn === 'laptop-and-cluster')
    .map(({ program, port, job, scrapedBy }) => ({
      what: `${program.name}, metrics`,
      port,
      job: `${code(job)}${scrapedBy === 'agent' ? ', by the agent' : ''}`,
    }));
  const others = Object.entries(ports).map(([name, port]) => ({
    what: otherPorts[name as keyof typeof ports],
    port,
    job: '',
  }));
  const rows = [...scraped, ...others].sort((one, two) => one.port - two.port);
  return table(
    ['port', 'program', 'scraped as'],
    rows.map(({ port, what, job }) => [port, what, job]),
  );
}
