import { stringify } from 'yaml';
import { scrapeIntervalSeconds } from '../../config/knobs.ts';
import { clusters } from '../../config/topology.ts';
import { remoteWriteMetrics } from '../../metrics/definitions/remote-write.ts';
import { select } from '../../metrics/promql.ts';
import { type ComponentFactory, local } from '../component.ts';
import { perSecond } from '../connection-rates.ts';
import { listener, peer } from '../network.ts';
import { places } from '../places.ts';
import { scrapeConfigs } from './scrape-config.ts';

/**
 * The Prometheus agent of the federated cluster. It scrapes NATS, keeps a write-ahead log, and writes to the central
 * Prometheus.
 */
export const prometheusAgent: ComponentFactory = (settings) => {
  const { ports } = settings;
  const config = {
    global: { scrape_interval: `${scrapeIntervalSeconds.laptop}s`, external_labels: clusters.edge },
    scrape_configs: scrapeConfigs('agent', settings),
    remote_write: [
      {
        name: 'central',
        url: peer(settings, 'prometheus', '/api/v1/write'),
        remote_timeout: '5s',
        queue_config: {
          batch_send_deadline: '1s',
          min_backoff: '100ms',
          max_backoff: '2s',
          retry_on_http_429: true,
        },
      },
    ],
  };
  return {
    name: 'prometheus-agent',
    role: `scrapes ${clusters.edge.cluster}, buffers, remote-writes to prometheus`,
    place: places.edge,
    source: 'prometheusAgent',
    connections: [
      {
        to: 'prometheus',
        kind: 'remote-write',
        rate: perSecond(select(remoteWriteMetrics.sent)),
        unit: 'samples/s',
        failures: perSecond(select(remoteWriteMetrics.failed)),
      },
    ],
    program: { kind: 'program', name: 'prometheus' },
    args: [
      '--agent',
      '--config.file=config/prometheus-agent/prometheus.yml',
      `--web.listen-address=${listener(settings, 'prometheusAgent')}`,
      '--storage.agent.path=data/prometheus-agent',
    ],
    files: { 'config/prometheus-agent/prometheus.yml': stringify(config) },
    folders: ['data/prometheus-agent'],
    ports: [ports.prometheusAgent],
    url: local(ports.prometheusAgent),
    healthUrl: peer(settings, 'prometheusAgent', '/-/ready'),
    // The agent stops before the central Prometheus. Otherwise its last flush would wait a minute for the missing
    // receiver.
    stopStage: 0,
  };
};
