import { stringify } from 'yaml';
import { scrapeIntervalSeconds } from '../../config/knobs.ts';
import type { Connection } from '../../console/index.ts';
import { prometheusMetrics } from '../../metrics/definitions/prometheus.ts';
import { remoteWriteMetrics } from '../../metrics/definitions/remote-write.ts';
import { select } from '../../metrics/promql.ts';
import { jobs } from '../../sources/index.ts';
import { type ComponentFactory, local } from '../component.ts';
import { perMinute, perSecond } from '../connection-rates.ts';
import { dataFolders } from '../data-folders.ts';
import { writeTarget } from '../engine.ts';
import { address, listener, peer } from '../network.ts';
import { places } from '../places.ts';
import type { Settings } from '../settings.ts';
import { remoteWriteConfig } from './remote-write.ts';
import { lookbackDelta, outOfOrderWindow, retention } from './retention.ts';
import { ruleFile } from './rule-file.ts';
import { scrapeConfigs, scrapeDefaults } from './scrape-config.ts';
import { thanosScrapeConnections, thanosScrapes } from './thanos/scrapes.ts';

const interval = `${scrapeIntervalSeconds.laptop}s`;
const central = { job: jobs.prometheus } as const;

/** Path of the configuration file, relative to the folder of the run. */
export const prometheusConfig = 'config/prometheus/prometheus.yml';

export const prometheus: ComponentFactory = (settings) => {
  const { ports } = settings;
  const { role, config, connections, args, files } =
    settings.engine === 'thanos' ? scraper(settings) : all(settings);
  return {
    name: 'prometheus',
    role,
    place: places.monitoring,
    source: 'prometheus',
    connections,
    program: { kind: 'program', name: 'prometheus' },
    args: [
      `--config.file=${prometheusConfig}`,
      `--web.listen-address=${listener(settings, 'prometheus')}`,
      ...args,
      `--storage.tsdb.path=${dataFolders.prometheus}`,
      `--storage.tsdb.retention.time=${retention}`,
      `--query.lookback-delta=${lookbackDelta}`,
      // Prometheus must not fill the user's disk.
      '--storage.tsdb.retention.size=2GB',
      ...(settings.adminApi ? ['--web.enable-admin-api'] : []),
    ],
    files: { [prometheusConfig]: stringify(config), ...files },
    folders: [dataFolders.prometheus],
    ports: [ports.prometheus],
    url: local(ports.prometheus),
    healthUrl: peer(settings, 'prometheus', '/-/ready'),
    stopStage: 2,
  };
};

interface Variant {
  readonly role: string;
  readonly config: object;
  readonly connections: readonly Connection[];
  readonly args: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}

/** The engine `prometheus`: one Prometheus scrapes, stores the samples and evaluates the rules. */
function all(settings: Settings): Variant {
  return {
    role: 'scrapes, stores, evaluates rules, receives remote write',
    config: {
      global: { ...scrapeDefaults, evaluation_interval: interval },
      rule_files: ['rules.yml'],
      alerting: { alertmanagers: [{ static_configs: [{ targets: [address(settings, 'alertmanager')] }] }] },
      storage: { tsdb: { out_of_order_time_window: outOfOrderWindow } },
      scrape_configs: scrapeConfigs('central', settings),
    },
    connections: [
      {
        to: 'alertmanager',
        kind: 'alerts',
        rate: perMinute(select(prometheusMetrics.notificationsSent)),
        unit: 'alerts/min',
        failures: perMinute(select(prometheusMetrics.notificationsFailed)),
      },
    ],
    args: ['--web.enable-remote-write-receiver'],
    files: { 'config/prometheus/rules.yml': stringify(ruleFile(settings)) },
  };
}

/** The engine `thanos`: the central Prometheus scrapes, and sends every sample to a receiver. */
function scraper(settings: Settings): Variant {
  return {
    role: 'scrapes, remote-writes to a receiver of Thanos',
    config: {
      global: scrapeDefaults,
      scrape_configs: [...scrapeConfigs('central', settings), ...thanosScrapes(settings)],
      remote_write: remoteWriteConfig(settings, 'prometheus', 'thanos'),
    },
    connections: [
      {
        to: writeTarget(settings.engine, 'prometheus').component,
        kind: 'remote-write',
        rate: perSecond(select(remoteWriteMetrics.sent, central)),
        unit: 'samples/s',
        failures: perSecond(select(remoteWriteMetrics.failed, central)),
      },
      ...thanosScrapeConnections(settings),
    ],
    args: [],
    files: {},
  };
}
