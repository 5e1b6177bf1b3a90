import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Agent } from 'undici';
import { services } from '../../config/cluster-names.ts';
import { ports } from '../../config/topology.ts';
import { sourcePorts } from '../../sources/index.ts';
import { type AlertmanagerApi, alertmanagerApi } from '../../verify/alertmanager-api.ts';
import type { Kubectl } from '../../verify/kubectl.ts';
import type { ForwardTarget } from '../../verify/port-forward.ts';
import { type PrometheusApi, prometheusApi } from '../../verify/prometheus-api.ts';

interface Endpoint {
  readonly url: string;
  readonly dispatcher: Agent;
}

/**
 * Calls programs in a cluster. Each call opens a port-forward, because the drill replaces the pods.
 * @param ca CA certificate of the programs, in PEM
 */
export function clusterReads(kubectl: Kubectl, ca: string) {
  async function forwarded<T>(target: ForwardTarget, action: (port: number) => Promise<T>): Promise<T> {
    const forward = kubectl.keepForward(target);
    try {
      await forward.opened;
      const { state } = forward;
      if (!state.open)
        throw new Error(
          `kubectl has ended the port-forward to ${target.namespace}/${target.service}. Check that the pods of this Service are ready.`,
        );
      return await action(state.localPort);
    } finally {
      await forward.close();
    }
  }
  const https = <T>(
    source: 'prometheus' | 'alertmanager' | 'pushgateway',
    action: (endpoint: Endpoint) => Promise<T>,
  ) => {
    const { namespace, name: service } = services[source];
    return forwarded({ namespace, service, port: sourcePorts[source] }, async (port) => {
      const dispatcher = new Agent({ connect: { ca } });
      try {
        return await action({ url: `https://localhost:${port}`, dispatcher });
      } finally {
        await dispatcher.destroy();
      }
    });
  };
  return {
    prometheus: <T>(action: (api: PrometheusApi) => Promise<T>) =>
      https('prometheus', ({ url, dispatcher }) => action(prometheusApi(url, dispatcher))),
    alertmanager: <T>(action: (api: AlertmanagerApi) => Promise<T>) =>
      https('alertmanager', ({ url, dispatcher }) => action(alertmanagerApi(url, dispatcher))),
    pushgateway: <T>(action: (endpoint: Endpoint) => Promise<T>) => https('pushgateway', action),
    nats:
      (namespace: string, service: string) =>
      <T>(action: (connection: NatsConnection) => Promise<T>) =>
        forwarded({ namespace, service, port: ports.nats }, async (port) => {
          const connection = await connect({
            servers: `localhost:${port}`,
            name: 'restore-drill',
            // The NATS server also reports addresses that only pods can reach.
            ignoreClusterUpdates: true,
            reconnect: false,
            tls: { ca },
            timeout: 5000,
          });
          try {
            return await action(connection);
          } finally {
            await connection.close();
          }
        }),
  };
}

export type ClusterReads = ReturnType<typeof clusterReads>;
