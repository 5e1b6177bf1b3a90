import { Agent } from 'undici';
import {
  batchSchedule,
  credentialSecrets,
  platformCa,
  services,
  thanos,
  tlsSecrets,
} from '../config/cluster-names.ts';
import type { Environment } from '../config/environment.ts';
import { scrapeIntervalSeconds } from '../config/knobs.ts';
import { namespaces } from '../config/topology.ts';
import { alertOptions } from '../platforms/alert-rules.ts';
import { platformOf } from '../platforms/environment.ts';
import { expectedOf, sourcePorts } from '../sources/index.ts';
import type { System } from './check.ts';
import { type CronJob, firstRun } from './first-run.ts';
import { Kubectl } from './kubectl.ts';
import { type PrometheusApi, prometheusApi } from './prometheus-api.ts';
import { deletion, type PushgatewayApi, pushgatewayApi } from './pushgateway-api.ts';
import { thanosApi } from './thanos-api.ts';

/** Port of Grafana's Service. This port uses TLS. */
const grafanaPort = 80;

/**
 * The central cluster of an environment, reached by port-forwards. `close` ends the port-forwards.
 * @throws KubectlError with the failed command
 */
export async function clusterSystem(environment: Environment): Promise<System & { close(): Promise<void> }> {
  const kubectl = new Kubectl(platformOf(environment).kubeconfig(environment.platform));
  try {
    const [ca, port] = await Promise.all([
      caCertificate(kubectl),
      kubectl.forward(services.prometheus.namespace, services.prometheus.name, sourcePorts.prometheus),
    ]);
    const dispatcher = new Agent({ connect: { ca } });
    const scraper = prometheusApi(`https://localhost:${port}`, dispatcher);
    const querier = environment.central.engine === 'thanos' ? await thanosQuerier(kubectl, ca) : undefined;
    return {
      ...expectations(environment),
      prometheus: querier ? thanosApi(querier.api, scraper) : scraper,
      pushgateway: onceFound(() => pushgatewayOf(kubectl, dispatcher)),
      ...(ownBatch(environment) && { firstBatch: () => firstBatch(kubectl, environment.functions.every) }),
      grafana: onceFound(async () => ({ ...(await grafanaOf(kubectl)), dispatcher })),
      close: async () => {
        await dispatcher.close();
        await querier?.dispatcher.close();
        await kubectl.close();
      },
    };
  } catch (error) {
    await kubectl.close();
    throw error;
  }
}

/** The querier demands a client certificate; Grafana has one. */
async function thanosQuerier(
  kubectl: Kubectl,
  ca: string,
): Promise<{ readonly api: PrometheusApi; readonly dispatcher: Agent }> {
  const reader = (key: string) =>
    kubectl.value('secret', services.grafana.namespace, tlsSecrets.grafanaReader, key);
  const [port, cert, key] = await Promise.all([
    kubectl.forward(thanos.namespace, thanos.query, thanos.ports.http),
    reader('tls.crt'),
    reader('tls.key'),
  ]);
  const dispatcher = new Agent({ connect: { ca, cert, key } });
  return { api: prometheusApi(`https://localhost:${port}`, dispatcher), dispatcher };
}

/**
 * Whether a CronJob runs the batch. If Airflow or an Azure timer runs the batch instead, the time of the first run is
 * unknown.
 */
export function ownBatch({ functions, airflow }: Environment): boolean {
  return functions.host === 'cluster' && !airflow;
}

async function firstBatch(kubectl: Kubectl, every: string) {
  const found = await kubectl.find('cronjob', namespaces.monitoring, batchSchedule);
  return found ? firstRun(found as CronJob, every) : undefined;
}

/** What a healthy environment must contain, from the environment's values. */
export function expectations(
  environment: Environment,
): Omit<System, 'prometheus' | 'pushgateway' | 'grafana'> {
  return {
    ...expectedOf(environment),
    scrapeIntervalSeconds: scrapeIntervalSeconds.cluster,
    rulesProfile: 'production',
    alerting: alertOptions(environment),
  };
}

/**
 * The certificate of the CA that signs the platform's certificates, in PEM.
 * @throws KubectlError
 */
export function caCertificate(kubectl: Kubectl): Promise<string> {
  return kubectl.value('configmap', services.prometheus.namespace, platformCa.configMap, 'ca.crt');
}

/**
 * Wraps a search so that a failed search is tried again by the next check. A failed search is a finding and does not
 * end the other checks.
 */
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

async function pushgatewayOf(kubectl: Kubectl, dispatcher: Agent): Promise<PushgatewayApi> {
  const { name, namespace } = services.pushgateway;
  const local = await kubectl.forward(namespace, name, sourcePorts.pushgateway);
  const inNamespace = (...args: readonly string[]) =>
    kubectl.commandLine(['--namespace', namespace, ...args]);
  const forward = inNamespace('port-forward', `service/${name}`, String(sourcePorts.pushgateway));
  const ca = inNamespace('get', 'configmap', platformCa.configMap, '--output', 'jsonpath={.data.ca\\.crt}');
  const removal: PushgatewayApi['removal'] = (paths) => [
    `${forward}   # until the next command has ended, in another terminal`,
    ...paths.map((path) =>
      deletion(`https://localhost:${sourcePorts.pushgateway}`, path, [`--cacert <(${ca})`]),
    ),
  ];
  return pushgatewayApi(`https://localhost:${local}`, removal, dispatcher);
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
