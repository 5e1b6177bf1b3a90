import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1/index.js';
import { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1/index.js';
import { Construct } from 'constructs';
import { thanos } from '../../../config/cluster-names.ts';
import { namespaces } from '../../../config/topology.ts';
import { centralPrometheus } from '../monitor-labels.ts';
import { AllowIngress } from '../network-policy.ts';
import { ThanosCompactor } from './compactor.ts';
import { configFiles, configMapName } from './files.ts';
import { ThanosIngesters } from './ingesters.ts';
import { storeLogin } from './object-store-login.ts';
import type { ThanosProps } from './props.ts';
import { ThanosQuery } from './query.ts';
import { ThanosRouters } from './routers.ts';
import { rulerPods } from './ruler.ts';
import { ThanosStoreGateway } from './store-gateway.ts';
import { thanosPeer } from './workload.ts';

const configReloaderPort = 8080;

export class Thanos extends Construct {
  constructor(scope: Construct, id: string, given: ThanosProps) {
    super(scope, id);
    const { connection, store, size } = given;
    const { namespace } = thanos;
    const depends = given.dependsOn ? { dependsOn: given.dependsOn } : {};
    const provider = connection.kubernetes;
    const { accountAnnotations } = storeLogin(store?.objects);
    const account = new ServiceAccountV1(this, 'service-account', {
      provider,
      metadata: { name: thanos.serviceAccount, namespace, annotations: accountAnnotations },
      automountServiceAccountToken: false,
      ...depends,
    });
    const config = new ConfigMapV1(this, 'config', {
      provider,
      metadata: { name: configMapName, namespace },
      data: configFiles({
        ingesters: size.ingesters.replicas,
        ...(store && { store: store.objects }),
      }),
      ...depends,
    });
    const props = { ...given, dependsOn: [...(given.dependsOn ?? []), account, config] };
    new ThanosIngesters(this, 'ingesters', props);
    new ThanosRouters(this, 'routers', props);
    new ThanosQuery(this, 'query', props);
    if (store) {
      new ThanosStoreGateway(this, 'store-gateway', props);
      new ThanosCompactor(this, 'compactor', { ...props, store });
    }
    new AllowIngress(this, 'allow-ruler', {
      connection,
      namespace: namespaces.monitoring,
      name: 'allow-thanos-ruler',
      to: rulerPods,
      rules: [
        { from: [thanosPeer(thanos.query)], ports: [thanos.ports.grpc] },
        { from: [centralPrometheus], ports: [thanos.ports.http, configReloaderPort] },
      ],
      ...depends,
    });
  }
}
