import { stringify } from 'yaml';
import { scrapeIntervalSeconds } from '../../config/knobs.ts';
import { prometheusMetrics } from '../../metrics/definitions/prometheus.ts';
import { select } from '../../metrics/promql.ts';
import { prometheusRules } from '../../rules/index.ts';
import { expectedOnLaptop } from '../../sources/index.ts';
import { type ComponentFactory, local } from '../component.ts';
import { perMinute } from '../connection-rates.ts';
import { address, listener, peer } from '../network.ts';
import { places } from '../places.ts';
import { scrapeConfigs } from './scrape-config.ts';

const retention = '10d';
/**
 * Maximum age of a sample that Prometheus accepts. Without this setting, samples are lost if remote write fails for
 * longer than half a block (measured: status 400, out of bounds).
 */
const outOfOrderWindow = '6h';
const interval = `${scrapeIntervalSeconds.laptop}s`;

/** The central Prometheus. It scrapes targets, stores samples, evaluates rules, and receives remote write. */
export const prometheus: ComponentFactory = (settings) => {
  const { ports } = settings;
  const config = {
    global: { scrape_interval: interval, evaluation_interval: interval },
    rule_files: ['rules.yml'],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [address(settings, 'alertmanager')] }] }] },
    storage: { tsdb: { out_of_order_time_window: outOfOrderWindow } },
    scrape_configs: scrapeConfigs('central', settings),
  };
  const rules = prometheusRules({
    profile: 'laptop',
    expected: expectedOnLaptop,
    runbookBaseUrl: `${local(ports.console)}/runbooks`,
    dashboardBaseUrl: local(ports.console, '/d'),
  });
  return {
    name: 'prometheus',
    role: 'scrapes, stores, evaluates rules, receives remote write',
    place: places.monitoring,
    source: 'prometheus',
    connections: [
      {
        to: 'alertmanager',
        kind: 'alerts',
        rate: perMinute(select(prometheusMetrics.notificationsSent)),
        unit: 'alerts/min',
        failures: perMinute(select(prometheusMetrics.notificationsFailed)),
      },
    ],
    program: { kind: 'program', name: 'prometheus' },
    args: [
      '--config.file=config/prometheus/prometheus.yml',
      `--web.listen-address=${listener(settings, 'prometheus')}`,
      '--web.enable-remote-write-receiver',
      '--storage.tsdb.path=data/prometheus',
      `--storage.tsdb.retention.time=${retention}`,
      // NATS servers have a new id after each start. With the default of 5 min, the series of the earlier start would
      // still count for five minutes.
      '--query.lookback-delta=30s',
      // The limit is low, because a laptop needs its disk space for other data.
      '--storage.tsdb.retention.size=2GB',
    ],
    files: {
      'config/prometheus/prometheus.yml': stringify(config),
      'config/prometheus/rules.yml': stringify(rules),
    },
    folders: ['data/prometheus'],
    ports: [ports.prometheus],
    url: local(ports.prometheus),
    healthUrl: peer(settings, 'prometheus', '/-/ready'),
    stopStage: 2,
  };
};
