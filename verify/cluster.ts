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
import { alertsApi } from './alerts-api.ts';
import type { System } from './check.ts';
import { type CronJob, firstRun } from './first-run.ts';
import { Kubectl } from './kubectl.ts';
import { prometheusApi } from './prometheus-api.ts';
import { deletion, type PushgatewayApi, pushgatewayApi } from './pushgateway-api.ts';
import { type Server, thanosApi } from './thanos.ts';

/** Port of the Kubernetes Service of Grafana. Grafana uses HTTPS on this port, despite the number 80. */
const grafanaPort = 80;

/**
 * The central cluster of an environment, through port-forwards.
 * @throws KubectlError
 */
export async function clusterSystem(environment: Environment): Promise<System & { close(): Promise<void> }> {
  const kubectl = new Kubectl(platformOf(environment).kubeconfig(environment.platform));
  try {
    const [ca, port] = await Promise.all([
      caCertificate(kubectl),
      kubectl.forward(services.prometheus.namespace, services.prometheus.name, sourcePorts.prometheus),
    ]);
    const dispatcher = new Agent({ connect: { ca } });
    const scraper = { url: `https://localhost:${port}`, dispatcher };
    const members = environment.central.engine === 'thanos' ? await thanosMembers(kubectl, ca) : undefined;
    const evaluator = members?.ruler ?? scraper;
    return {
      ...expectations(environment),
      prometheus: members ? thanosApi({ ...members, scraper }) : prometheusApi(scraper.url, dispatcher),
      startedAt: () => alertsApi(evaluator.url, evaluator.dispatcher).startedAt(),
      pushgateway: onceFound(() => pushgatewayOf(kubectl, dispatcher)),
      ...(ownBatch(environment) && { firstBatch: () => firstBatch(kubectl, environment.functions.every) }),
      grafana: onceFound(async () => ({ ...(await grafanaOf(kubectl)), dispatcher })),
      close: async () => {
        await dispatcher.close();
        await members?.close();
        await kubectl.close();
      },
    };
  } catch (error) {
    await kubectl.close();
    throw error;
  }
}

export const thanosServices = {
  querier: { namespace: thanos.namespace, service: thanos.query, port: thanos.ports.http },
  ruler: { namespace: namespaces.monitoring, service: thanos.rulerService, port: thanos.ports.http },
} as const;

/**
 * Client certificate and private key of Grafana for the querier, in PEM.
 * @throws KubectlError
 */
export async function readerCertificate(
  kubectl: Kubectl,
): Promise<{ readonly cert: string; readonly key: string }> {
  const reader = (key: string) =>
    kubectl.value('secret', services.grafana.namespace, tlsSecrets.grafanaReader, key);
  const [cert, key] = await Promise.all([reader('tls.crt'), reader('tls.key')]);
  return { cert, key };
}

async function thanosMembers(
  kubectl: Kubectl,
  ca: string,
): Promise<{ readonly querier: Server; readonly ruler: Server; close(): Promise<void> }> {
  const forward = ({ namespace, service, port }: (typeof thanosServices)[keyof typeof thanosServices]) =>
    kubectl.forward(namespace, service, port);
  const [client, querier, ruler] = await Promise.all([
    readerCertificate(kubectl),
    forward(thanosServices.querier),
    forward(thanosServices.ruler),
  ]);
  const dispatcher = new Agent({ connect: { ca, ...client } });
  const at = (port: number) => ({ url: `https://localhost:${port}`, dispatcher });
  return { querier: at(querier), ruler: at(ruler), close: () => dispatcher.close() };
}

/** Whether a CronJob runs the batch. Otherwise Airflow or an Azure timer runs the batch. */
export function ownBatch({ functions, airflow }: Environment): boolean {
  return functions.host === 'cluster' && !airflow;
}

async function firstBatch(kubectl: Kubectl, every: string) {
  const found = await kubectl.find('cronjob', namespaces.monitoring, batchSchedule);
  return found ? firstRun(found as CronJob, every) : undefined;
}

/** The jobs and clusters that a healthy environment has. */
export function expectations(
  environment: Environment,
): Omit<System, 'prometheus' | 'startedAt' | 'pushgateway' | 'grafana'> {
  return {
    ...expectedOf(environment),
    scrapeIntervalSeconds: scrapeIntervalSeconds.cluster,
    rulesProfile: 'production',
    alerting: alertOptions(environment),
  };
}

/**
 * Certificate of the platform CA, in PEM.
 * @throws KubectlError
 */
export function caCertificate(kubectl: Kubectl): Promise<string> {
  return kubectl.value('configmap', services.prometheus.namespace, platformCa.configMap, 'ca.crt');
}

/** Returns a function that keeps the result of `find`. After an error, the next call tries again. */
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
    `${forward}   # in another terminal, until the next command has ended`,
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
