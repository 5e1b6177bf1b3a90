import type { Construct } from 'constructs';
import type { EngineSettings } from '../modules/kubernetes/kube-prometheus-stack/props.ts';
import type { Deployment } from '../platforms/environment-stack.ts';

/** @returns settings of the engine for the central Prometheus and Grafana */
export function engineSettings(scope: Construct, { environment, constructs }: Deployment): EngineSettings {
  return constructs.managedEngine(scope, environment) ?? { prometheus: {}, grafana: {} };
}
