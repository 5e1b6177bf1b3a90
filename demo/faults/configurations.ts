import { parse, stringify } from 'yaml';
import { clusters } from '../../config/topology.ts';
import { jobs } from '../../sources/index.ts';
import type { Fault } from './fault.ts';

/** This line is not valid YAML. */
const brokenLine = 'scrape_configs: [';
const broken = (text: string) => `${text}${brokenLine}\n`;

const configOfPrometheus = 'the configuration of Prometheus';

const prometheusConfigBroken: Fault = {
  name: 'prometheus-config-broken',
  title: 'The configuration of Prometheus is broken',
  area: 'monitoring',
  description:
    'The configuration file is no valid YAML. Prometheus refuses to load it, and runs with its earlier configuration.',
  cause:
    'A mistake in a manual edit of the configuration file, or a template that was rendered with a wrong value.',
  alerts: [{ alert: 'PrometheusConfigReloadFailed' }],
  breaks: ['prometheus'],
  changes: configOfPrometheus,
  needsFiles: true,
  inject: ({ config }) => config.prometheus.change(broken),
  restore: ({ config }) => config.prometheus.restore(),
};

function withoutNodeExporter(text: string): string {
  const config = parse(text) as { readonly scrape_configs: readonly { readonly job_name: string }[] };
  const others = config.scrape_configs.filter(({ job_name }) => job_name !== jobs.nodeExporter);
  return stringify({ ...config, scrape_configs: others });
}

const targetRemoved: Fault = {
  name: 'target-removed',
  title: 'Prometheus no longer scrapes the node exporter',
  area: 'monitoring',
  description:
    'The configuration of Prometheus has no job for the node exporter. Therefore no scrape fails, and Prometheus stores no new samples of this job.',
  cause: 'A renamed port or label, after which service discovery no longer finds the target.',
  alerts: [{ alert: 'TargetMissing', labels: { job: jobs.nodeExporter } }],
  breaks: ['node-exporter'],
  changes: configOfPrometheus,
  needsFiles: true,
  inject: ({ config }) => config.prometheus.change(withoutNodeExporter),
  restore: ({ config }) => config.prometheus.restore(),
};

const agentConfigBroken: Fault = {
  name: 'agent-config-broken',
  title: 'The configuration of the agent is broken',
  area: 'federation',
  description:
    'The configuration file is no valid YAML. The agent of the edge refuses to load it, and runs with its earlier configuration.',
  cause:
    'A mistake in a manual edit of the configuration file, or a template that was rendered with a wrong value.',
  alerts: [{ alert: 'AgentConfigReloadFailed', labels: { cluster: clusters.edge.cluster } }],
  breaks: ['prometheus-agent'],
  changes: 'the configuration of the agent',
  needsFiles: true,
  inject: ({ config }) => config.agent.change(broken),
  restore: ({ config }) => config.agent.restore(),
};

export const configurationFaults: readonly Fault[] = [
  agentConfigBroken,
  prometheusConfigBroken,
  targetRemoved,
];
