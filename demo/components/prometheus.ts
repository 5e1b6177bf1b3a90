import { stringify } from 'yaml';
import { scrapeIntervalSeconds } from '../../config/knobs.ts';
import { prometheusRules } from '../../rules/index.ts';
import { expectedOnLaptop } from '../../sources/index.ts';
import { type ComponentFactory, local } from '../component.ts';
import { scrapeConfigs } from './scrape-config.ts';

const retention = '10d';
/**
 * How old a sample may be that is still taken. Without it an outage of the remote write longer than half a block is lost
 * (measured: 400 out of bounds).
 */
const outOfOrderWindow = '6h';
const interval = `${scrapeIntervalSeconds.laptop}s`;

/** The central Prometheus: scrapes, stores, evaluates rules, and takes what the agent writes. */
export const prometheus: ComponentFactory = ({ ports }) => {
  const config = {
    global: { scrape_interval: interval, evaluation_interval: interval },
    rule_files: ['rules.yml'],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [`127.0.0.1:${ports.alertmanager}`] }] }] },
    storage: { tsdb: { out_of_order_time_window: outOfOrderWindow } },
    scrape_configs: scrapeConfigs('central', ports),
  };
  const rules = prometheusRules({
    profile: 'laptop',
    expected: expectedOnLaptop,
    runbookBaseUrl: `${local(ports.console)}/runbooks`,
    dashboardBaseUrl: local(ports.console),
  });
  return {
    name: 'prometheus',
    role: 'scrapes, stores, evaluates rules, receives remote write',
    program: { kind: 'program', name: 'prometheus' },
    args: [
      '--config.file=config/prometheus/prometheus.yml',
      `--web.listen-address=127.0.0.1:${ports.prometheus}`,
      '--web.enable-remote-write-receiver',
      '--storage.tsdb.path=data/prometheus',
      `--storage.tsdb.retention.time=${retention}`,
      // Servers come with a new id at each start: what the run before has left must not count for five minutes more.
      '--query.lookback-delta=30s',
      // A laptop's disk is the user's own.
      '--storage.tsdb.retention.size=2GB',
    ],
    files: {
      'config/prometheus/prometheus.yml': stringify(config),
      'config/prometheus/rules.yml': stringify(rules),
    },
    folders: ['data/prometheus'],
    ports: [ports.prometheus],
    url: local(ports.prometheus),
    healthUrl: local(ports.prometheus, '/-/ready'),
    stopStage: 2,
  };
};
