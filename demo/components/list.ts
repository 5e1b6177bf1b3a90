import type { MapNode } from '../../console/index.ts';
import type { ProgramName, Programs } from '../../toolchain/index.ts';
import type { AirflowInstallation } from '../airflow/installation.ts';
import type { Component, ComponentFactory } from '../component.ts';
import type { Settings } from '../settings.ts';
import { airflow } from './airflow.ts';
import { alertmanager } from './alertmanager.ts';
import { functionComponents } from './functions.ts';
import { grafana } from './grafana.ts';
import { edgeNats, nats } from './nats.ts';
import { edgeNatsExporter, natsExporter } from './nats-exporter.ts';
import { nodeExporter } from './node-exporter.ts';
import { prometheus } from './prometheus.ts';
import { prometheusAgent } from './prometheus-agent.ts';
import { pushgateway } from './pushgateway.ts';
import { thanos } from './thanos/list.ts';

const factories: readonly ComponentFactory[] = [
  prometheus,
  alertmanager,
  nodeExporter,
  nats,
  natsExporter,
  edgeNats,
  edgeNatsExporter,
  prometheusAgent,
  pushgateway,
  ...functionComponents,
];

/** All components that run as separate processes or containers, in display order. */
export function components(settings: Settings, installation?: AirflowInstallation): readonly Component[] {
  return [
    ...factories.map((factory) => factory(settings)),
    ...(settings.engine === 'thanos' ? thanos(settings) : []),
    ...(settings.grafanaProgram ? [grafana(settings, settings.grafanaProgram)] : []),
    ...(installation ? airflow(settings, installation) : []),
  ];
}

/** A placeholder: `plannedComponents` starts no program, and therefore needs no paths. */
const notInstalled: AirflowInstallation = { version: '', key: '', python: '', airflow: '', database: '' };

export function plannedComponents(settings: Settings): readonly MapNode[] {
  return components(settings, settings.airflow ? notInstalled : undefined);
}

/** Names of the components whose program was compiled without a web UI. */
export function componentsWithoutPage(list: readonly Component[], programs: Programs): ReadonlySet<string> {
  const withoutPage = list.filter(
    ({ program }) => program.kind === 'program' && !programs[program.name].webUi,
  );
  return new Set(withoutPage.map(({ name }) => name));
}

/** Programs that the toolchain provides. Grafana and Airflow are not among these programs. */
export function programNames(list: readonly Component[]): readonly ProgramName[] {
  return [...new Set(list.flatMap(({ program }) => (program.kind === 'program' ? [program.name] : [])))];
}
