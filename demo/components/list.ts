import type { ProgramName } from '../../toolchain/index.ts';
import type { Component, ComponentFactory } from '../component.ts';
import type { Settings } from '../settings.ts';
import { alertmanager } from './alertmanager.ts';
import { batchPusher } from './batch-pusher.ts';
import { edgeNats, nats } from './nats.ts';
import { edgeNatsExporter, natsExporter } from './nats-exporter.ts';
import { nodeExporter } from './node-exporter.ts';
import { prometheus } from './prometheus.ts';
import { prometheusAgent } from './prometheus-agent.ts';
import { pushgateway } from './pushgateway.ts';
import { usdtExporter } from './usdt-exporter.ts';

const factories: readonly ComponentFactory[] = [
  prometheus,
  alertmanager,
  nodeExporter,
  nats,
  natsExporter,
  usdtExporter,
  edgeNats,
  edgeNatsExporter,
  prometheusAgent,
  pushgateway,
  batchPusher,
];

/** Everything that the laptop pipeline runs as a process, in the order in which it is shown. */
export function components(settings: Settings): readonly Component[] {
  return factories.map((factory) => factory(settings));
}

/** The programs that these components run; promtool, which only the tests need, is not waited for. */
export function programNames(list: readonly Component[]): readonly ProgramName[] {
  return [...new Set(list.flatMap(({ program }) => (program.kind === 'program' ? [program.name] : [])))];
}
