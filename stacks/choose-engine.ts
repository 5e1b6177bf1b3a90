import type { Construct } from 'constructs';
import { runsThanos } from '../config/engines.ts';
import type { ClusterConnection } from '../modules/kubernetes/connection.ts';
import type { Deployment } from '../platforms/environment-stack.ts';
import type { Engine } from './engine.ts';
import { thanosEngine } from './thanos-engine.ts';

export function engineOf(scope: Construct, deployment: Deployment, connection: ClusterConnection): Engine {
  const { environment, constructs } = deployment;
  if (runsThanos(environment.central)) return thanosEngine(scope, deployment, connection);
  // With a managed engine, such as `azure-monitor`, Prometheus sends its samples to a cloud service.
  const settings = constructs.managedEngine(scope, environment) ?? { prometheus: {}, grafana: {} };
  return { settings, before: [], install: () => undefined };
}
