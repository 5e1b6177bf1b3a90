import { Construct } from 'constructs';
import { edgeNames, thanos, tlsSecrets } from '../../../config/cluster-names.ts';
import { deduplicationOf } from '../../../config/deduplication.ts';
import { storeResponseTimeout } from '../../../config/thanos.ts';
import { namespaces } from '../../../config/topology.ts';
import { centralPrometheus } from '../monitor-labels.ts';
import { clientArguments, listenerArguments } from './arguments.ts';
import { files } from './files.ts';
import type { ThanosProps } from './props.ts';
import { ThanosWorkload } from './workload.ts';

/** The querier merges the copies of a series. The query API requires a client certificate. */
export class ThanosQuery extends Construct {
  constructor(scope: Construct, id: string, props: ThanosProps) {
    super(scope, id);
    const { grpc, http } = thanos.ports;
    const endpoint = (service: string, namespace: string) =>
      `--endpoint=dns+${service}.${namespace}.svc:${grpc}`;
    new ThanosWorkload(this, 'workload', {
      thanos: props,
      replicas: props.size.queriers.replicas,
      pod: {
        name: thanos.query,
        tlsSecret: tlsSecrets.thanosQuery,
        size: props.size.queriers,
        ports: { http },
        probe: 'tcp',
        args: [
          'query',
          ...listenerArguments(files.mutualWeb),
          ...clientArguments('grpc-client'),
          endpoint(thanos.ingester, thanos.namespace),
          // The querier also lists the rules of the rulers.
          endpoint(thanos.rulerService, namespaces.monitoring),
          ...(props.store ? [endpoint(thanos.store, thanos.namespace)] : []),
          ...thanos.replicaLabels.map((label) => `--query.replica-label=${label}`),
          `--query.replica-label=${edgeNames.replicaLabel}`,
          `--deduplication.func=${deduplicationOf(props.pairs)}`,
          `--query.max-concurrent=${props.size.queriers.concurrentQueries}`,
          `--store.response-timeout=${storeResponseTimeout}`,
          '--web.disable-cors',
        ],
      },
      ingress: [
        ...(props.readers.length > 0 ? [{ from: [...props.readers], ports: [http] }] : []),
        { from: [centralPrometheus], ports: [http] },
      ],
    });
  }
}
