import { Agent } from 'undici';
import { certificateAuthority, credentialSecrets, edgeNames, services } from '../config/cluster-names.ts';
import type { Environment } from '../config/environment.ts';
import { releases, scrapeIntervalSeconds } from '../config/topology.ts';
import { platformOf } from '../platforms/environment.ts';
import { hostingOf, sourceList, sourcePorts } from '../sources/index.ts';
import type { System } from './check.ts';
import { Kubectl } from './kubectl.ts';
import { prometheusApi } from './prometheus-api.ts';

/** Port of Grafana's Service, which speaks TLS there as well. */
const grafanaPort = 80;

/**
 * An environment's central cluster, through port-forwards that end with `close`.
 * @throws KubectlError saying what kubectl could not do
 */
export async function clusterSystem(environment: Environment): Promise<System & { close(): Promise<void> }> {
  const kubectl = new Kubectl(platformOf(environment).kubeconfig(environment.platform));
  try {
    const [ca, port] = await Promise.all([
      authority(kubectl),
      kubectl.forward(services.prometheus.namespace, services.prometheus.name, sourcePorts.prometheus),
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
  const { central, edges } = environment;
  return {
    centralJobs: sourceList
      .filter(({ scrapedBy, runsOn }) => scrapedBy === 'central' && runsOn === 'laptop-and-cluster')
      .filter(
        ({ name, program }) => program.kind !== 'function' || hostingOf(environment, name).host === 'cluster',
      )
      .map(({ job }) => job),
    federatedJobs: edges.flatMap(({ namespace }) => [
      `${namespace}/${releases.nats}`,
      `${namespace}/${edgeNames.agent}`,
    ]),
    primaryCluster: central.labels.cluster,
    federatedClusters: edges.map(({ labels }) => labels.cluster),
    scrapeIntervalSeconds: scrapeIntervalSeconds.cluster,
    rulesProfile: 'production',
  };
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
