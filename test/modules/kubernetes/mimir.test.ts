import { describe, expect, it } from 'vitest';
import { Mimir } from '../../../modules/kubernetes/mimir.ts';
import type { ObjectStore } from '../../../modules/kubernetes/object-store.ts';
import { releaseValues, synthesize } from './synthesis.ts';

const blobs: ObjectStore = {
  kind: 'azure-blob',
  storageAccount: 'blocks',
  container: 'blocks',
  clientId: 'client-id',
};

function valuesWith(ingesters: number, store = blobs) {
  const synthesized = synthesize((stack, connection) => {
    new Mimir(stack, 'mimir', {
      connection,
      namespace: 'mimir',
      store,
      retention: '1y',
      outOfOrderWindow: '6h',
      ingesters,
      ingesterVolume: '50Gi',
      clients: [{ namespace: 'airflow-3' }],
    });
  });
  return releaseValues(synthesized, 'mimir');
}

const values = valuesWith(3);
const { structuredConfig } = values.mimir;

describe('Mimir', () => {
  it('writes samples without Kafka and does not install Kafka', () => {
    expect(structuredConfig.ingest_storage).toEqual({ enabled: false });
    expect(structuredConfig.ingester.push_grpc_method_enabled).toBe(true);
    expect(values.kafka).toEqual({ enabled: false });
  });

  it('accepts samples from a Prometheus that sends no tenant', () => {
    expect(structuredConfig.multitenancy_enabled).toBe(false);
  });

  it.each([
    [1, 1],
    [2, 1],
    [3, 3],
    [6, 3],
  ])('keeps each sample, with %i ingesters, in %i ingesters', (ingesters, copies) => {
    const { ingester, store_gateway: gateway, mimir } = valuesWith(ingesters);
    expect(ingester.replicas).toBe(ingesters);
    expect(mimir.structuredConfig.ingester.ring.replication_factor).toBe(copies);
    expect(mimir.structuredConfig.store_gateway.sharding_ring.replication_factor).toBe(copies);
    expect(gateway.replicas).toBe(copies);
  });

  it('has no ruler and no Alertmanager', () => {
    expect([values.ruler, values.alertmanager]).toEqual([{ enabled: false }, { enabled: false }]);
  });

  it('has the retention and the out-of-order window of its props', () => {
    expect(structuredConfig.limits).toEqual({
      compactor_blocks_retention_period: '1y',
      out_of_order_time_window: '6h',
    });
  });
});

describe('Mimir on an S3-compatible store', () => {
  const bucket: ObjectStore = {
    kind: 's3',
    endpoint: 'https://s3.example.com:9000',
    bucket: 'blocks',
    region: 'eu-west-1',
    secret: { fqn: 'kubernetes_secret_v1.object-store' },
  };
  const onS3 = valuesWith(3, bucket);

  it('uses the endpoint, the bucket and the region of the props, and reads its keys from the Secret', () => {
    const { common, blocks_storage } = onS3.mimir.structuredConfig;
    expect(blocks_storage).toEqual({ backend: 's3', s3: { bucket_name: 'blocks' } });
    expect(common.storage).toEqual({
      backend: 's3',
      s3: {
        endpoint: 's3.example.com:9000',
        region: 'eu-west-1',
        // `$$` is Terraform's escape for `$`. Mimir gets the name of the variable and not its value.
        access_key_id: '$${OBJECT_STORE_ACCESS_KEY}',
        secret_access_key: '$${OBJECT_STORE_SECRET_KEY}',
      },
    });
    expect(onS3.global.extraEnv.map(({ valueFrom }: { valueFrom: object }) => valueFrom)).toEqual([
      { secretKeyRef: { name: 'object-store', key: 'access-key' } },
      { secretKeyRef: { name: 'object-store', key: 'secret-key' } },
    ]);
  });

  it('uses no Azure identity', () => {
    expect(JSON.stringify(onS3)).not.toContain('azure');
  });
});
