import { Agent } from 'undici';
import { certificateAuthority, credentialSecrets, services } from '../config/cluster-names.ts';
import type { Environment } from '../config/environment.ts';
import { expectedOf } from '../config/expected.ts';
import { ports, scrapeIntervalSeconds } from '../config/topology.ts';
import type { System } from './check.ts';
import { type Kubeconfig, Kubectl } from './kubectl.ts';
import { prometheusApi } from './prometheus-api.ts';

/** Port of Grafana's Service, which speaks TLS there as well. */
const grafanaPort = 80;

/**
 * An environment's central cluster, through port-forwards that end with `close`.
 * @throws KubectlError saying what kubectl could not do
 */
export async function clusterSystem(environment: Environment): Promise<System & { close(): Promise<void> }> {
  const kubectl = new Kubectl(kubeconfigOf(environment));
  try {
    const [ca, port] = await Promise.all([
      authority(kubectl),
      kubectl.forward(services.prometheus.namespace, services.prometheus.name, ports.prometheus),
    ]);
    const dispatcher = new Agent({ connect: { ca } });
    return {
      ...expectations(environment),
      prometheus: prometheusApi(`https://localhost:${port}`, dispatcher),
      grafana: onceFound(async () => ({ ...(await grafanaOf(kubectl)), dispatcher })),
      close: async () => {
        await dispatcher.close();
        await kubectl.close();
      },
    };
  } catch (error) {
    await kubectl.close();
    throw error;
  }
}

/** What must be there, by the environment's own values. */
export function expectations(environment: Environment): Omit<System, 'prometheus' | 'grafana'> {
  return {
    ...expectedOf(environment),
    scrapeIntervalSeconds: scrapeIntervalSeconds.cluster,
    rulesProfile: 'production',
  };
}

/** On Azure the context is named after the cluster, as `az aks get-credentials` does. */
function kubeconfigOf({ platform }: Environment): Kubeconfig {
  return platform.kind === 'existing' ? platform.kubeconfig : { context: platform.cluster.name };
}

function authority(kubectl: Kubectl): Promise<string> {
  return kubectl.value('configmap', services.prometheus.namespace, certificateAuthority.configMap, 'ca.crt');
}

/** Looks again after a failure, which is a finding of its own and not the end of the others. */
function onceFound<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => {
    found ??= find().catch((error) => {
      found = undefined;
      throw error;
    });
    return found;
  };
}

async function grafanaOf(kubectl: Kubectl) {
  const { name, namespace } = services.grafana;
  const credential = (key: string) => kubectl.value('secret', namespace, credentialSecrets.grafanaAdmin, key);
  const [port, username, password] = await Promise.all([
    kubectl.forward(namespace, name, grafanaPort),
    credential('admin-user'),
    credential('admin-password'),
  ]);
  return { url: `https://localhost:${port}`, username, password };
}
