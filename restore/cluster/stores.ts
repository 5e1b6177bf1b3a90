import { services } from '../../config/cluster-names.ts';
import type { Environment } from '../../config/environment.ts';
import { namespaces, releases } from '../../config/topology.ts';
import type { Kubectl } from '../../verify/kubectl.ts';
import { pushgatewayApi } from '../../verify/pushgateway-api.ts';
import type { Store } from '../store.ts';
import { groupParts } from '../stores/groups.ts';
import {
  addDrillConsumers,
  addDrillStream,
  newestMessage,
  recordStreams,
  removeDrillConsumers,
  removeDrillStream,
} from '../stores/jetstream.ts';
import { newestSample, recordSamples } from '../stores/samples.ts';
import { addDrillSilence, removeDrillSilences, silenceParts } from '../stores/silences.ts';
import type { ClusterReads } from './reads.ts';
import { Volumes } from './volume.ts';
import { type VolumeStoreProps, volumeStore } from './volume-store.ts';

interface NatsServer {
  readonly name: string;
  readonly namespace: string;
}

const natsServers = ({ edges }: Pick<Environment, 'edges'>): readonly NatsServer[] => [
  { name: 'nats', namespace: namespaces.nats },
  ...edges
    .filter(({ cluster }) => cluster === undefined)
    .map(({ name, namespace }) => ({ name: `nats-${name}`, namespace })),
];

function storesOf(environment: Environment, reads: ClusterReads): readonly VolumeStoreProps[] {
  const silences = () => reads.alertmanager(silenceParts);
  const groups = () => reads.pushgateway(({ url, dispatcher }) => groupParts(url, dispatcher));
  return [
    {
      name: 'samples',
      program: 'Prometheus',
      workload: { kind: 'prometheus', ...services.prometheus },
      record: () => recordSamples(reads.prometheus),
      newest: (before) => reads.prometheus((api) => newestSample(api, before)),
    },
    {
      name: 'silences',
      program: 'Alertmanager',
      workload: { kind: 'alertmanager', ...services.alertmanager },
      prepare: async () => {
        await reads.alertmanager((api) => addDrillSilence(api, { name: 'restore_drill', value: 'true' }));
      },
      tidy: () => reads.alertmanager(removeDrillSilences),
      record: async () => ({ parts: await silences(), reread: silences }),
    },
    ...(environment.pushgateway.volume === undefined
      ? []
      : [
          {
            name: 'pushed-groups',
            program: 'Pushgateway',
            workload: { kind: 'deployment', ...services.pushgateway },
            lacks: async () =>
              (
                await reads.pushgateway(({ url, dispatcher }) =>
                  pushgatewayApi(url, () => [], dispatcher).groups(),
                )
              ).length > 0
                ? undefined
                : 'The Pushgateway has no pushed group. Wait for the first run of the batch.',
            record: async () => ({ parts: await groups(), reread: groups }),
          } satisfies VolumeStoreProps,
        ]),
    {
      name: 'grafana',
      program: 'Grafana',
      workload: { kind: 'deployment', ...services.grafana },
    },
    ...natsServers(environment).map(({ name, namespace }): VolumeStoreProps => {
      const using = reads.nats(namespace, releases.nats);
      return {
        name: `messages-${name}`,
        program: `JetStream of ${namespace}`,
        workload: { kind: 'statefulset', namespace, name: releases.nats },
        prepare: () =>
          using(async (connection) => {
            await addDrillStream(connection);
            await addDrillConsumers(connection);
          }),
        tidy: () =>
          using(async (connection) => {
            await removeDrillConsumers(connection);
            await removeDrillStream(connection);
          }),
        record: () => recordStreams(using),
        newest: (before) => using((connection) => newestMessage(connection, before)),
      };
    }),
  ];
}

export function clusterStores(
  environment: Environment,
  kubectl: Kubectl,
  reads: ClusterReads,
): readonly { readonly store: Store; readonly props: VolumeStoreProps }[] {
  return storesOf(environment, reads).map((props) => ({
    props,
    store: volumeStore(kubectl, new Volumes(kubectl, props.workload.namespace, environment), props),
  }));
}
