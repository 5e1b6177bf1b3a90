import { stringify } from 'yaml';
import { clusters } from '../../config/topology.ts';
import { remoteWriteMetrics } from '../../metrics/definitions/remote-write.ts';
import { select } from '../../metrics/promql.ts';
import { jobs } from '../../sources/index.ts';
import { type ComponentFactory, local } from '../component.ts';
import { perSecond } from '../connection-rates.ts';
import { edgeListener, writeTarget } from '../engine.ts';
import { listener, peer } from '../network.ts';
import { places } from '../places.ts';
import { remoteWriteConfig } from './remote-write.ts';
import { scrapeConfigs, scrapeDefaults } from './scrape-config.ts';

/** Path of the agent's configuration file, relative to the folder of the run. */
export const agentConfig = 'config/prometheus-agent/prometheus.yml';

export const prometheusAgent: ComponentFactory = (settings) => {
  const { ports, engine } = settings;
  const { component: receiver } = writeTarget(engine, 'prometheus-agent');
  const config = {
    global: { ...scrapeDefaults, external_labels: clusters.edge },
    scrape_configs: scrapeConfigs('agent', settings),
    remote_write: remoteWriteConfig(settings, 'prometheus-agent', 'central', edgeListener),
  };
  return {
    name: 'prometheus-agent',
    role: `scrapes ${clusters.edge.cluster}, buffers, remote-writes to ${receiver}`,
    place: places.edge,
    source: 'prometheusAgent',
    connections: [
      {
        to: receiver,
        kind: 'remote-write',
        rate: perSecond(select(remoteWriteMetrics.sent, { job: jobs.prometheusAgent })),
        unit: 'samples/s',
        failures: perSecond(select(remoteWriteMetrics.failed, { job: jobs.prometheusAgent })),
      },
    ],
    program: { kind: 'program', name: 'prometheus' },
    args: [
      '--agent',
      `--config.file=${agentConfig}`,
      `--web.listen-address=${listener(settings, 'prometheusAgent')}`,
      '--storage.agent.path=data/prometheus-agent',
    ],
    files: { [agentConfig]: stringify(config) },
    folders: ['data/prometheus-agent'],
    ports: [ports.prometheusAgent],
    url: local(ports.prometheusAgent),
    healthUrl: peer(settings, 'prometheusAgent', '/-/ready'),
    // When the agent stops, it sends its last samples. The receiver of these samples must still run.
    stopStage: 0,
  };
};
