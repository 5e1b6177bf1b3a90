import { stringify } from 'yaml';
import { type Component, local } from '../../demo/component.ts';
import { remoteWriteConfig } from '../../demo/components/remote-write.ts';
import type { Writer } from '../../demo/engine.ts';
import { places } from '../../demo/places.ts';
import type { Settings } from '../../demo/settings.ts';
import { Exporter } from './exporter.ts';
import { externalLabels, job } from './series.ts';

const basePort = 10_500;
export const exporterPort = ({ portOffset }: Pick<Settings, 'portOffset'>) => basePort + portOffset;

/** With Thanos, the agents send to the receivers 1 and 2, because the bench kills receiver 3. */
const writers: readonly Writer[] = ['prometheus', 'prometheus-agent'];

export const writerOf = (agent: number): Writer => writers[agent % writers.length] ?? 'prometheus';

/** The timeout is longer than `speed.outage`. Otherwise the agents would send samples twice. */
const remoteTimeout = '30s';

export const agentNames = (count: number) =>
  Array.from({ length: count }, (_, agent) => `agent-${String(agent).padStart(2, '0')}`);

export function agentComponents(
  settings: Settings,
  { agents, interval }: { readonly agents: number; readonly interval: number },
): readonly Component[] {
  return agentNames(agents).map((name, agent) => {
    const file = `config/${name}/prometheus.yml`;
    const port = exporterPort(settings) + 1 + agent;
    const config = {
      global: {
        scrape_interval: `${interval}s`,
        scrape_timeout: `${Math.min(interval, 10)}s`,
        external_labels: Object.fromEntries(externalLabels(agent)),
      },
      scrape_configs: [
        {
          job_name: job,
          metrics_path: Exporter.path(agent),
          static_configs: [{ targets: [`127.0.0.1:${exporterPort(settings)}`] }],
        },
      ],
      remote_write: remoteWriteConfig(settings, writerOf(agent), 'central').map((target) => ({
        ...target,
        remote_timeout: remoteTimeout,
      })),
    };
    return {
      name,
      role: 'scrapes the synthetic exporter, remote-writes',
      place: places.edge,
      program: { kind: 'program', name: 'prometheus' },
      args: [
        '--agent',
        `--config.file=${file}`,
        `--web.listen-address=127.0.0.1:${port}`,
        `--storage.agent.path=data/${name}`,
      ],
      env: { GOGC: '75' },
      files: { [file]: stringify(config) },
      folders: [`data/${name}`],
      ports: [port],
      url: local(port),
      healthUrl: local(port, '/-/ready'),
      stopStage: 0,
    };
  });
}
