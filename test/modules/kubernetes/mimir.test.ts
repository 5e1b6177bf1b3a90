import { describe, expect, it } from 'vitest';
import { Mimir } from '../../../modules/kubernetes/mimir.ts';
import { releaseValues, synthesize } from './synthesis.ts';

function valuesWith(ingesters: number) {
  const synthesized = synthesize((stack, connection) => {
    new Mimir(stack, 'mimir', {
      connection,
      namespace: 'mimir',
      store: { storageAccount: 'blocks', container: 'blocks', clientId: 'client-id' },
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
  it('writes without a Kafka in between, and installs none', () => {
    expect(structuredConfig.ingest_storage).toEqual({ enabled: false });
    expect(structuredConfig.ingester.push_grpc_method_enabled).toBe(true);
    expect(values.kafka).toEqual({ enabled: false });
  });

  it('takes samples of a Prometheus that names no tenant', () => {
    expect(structuredConfig.multitenancy_enabled).toBe(false);
  });

  it.each([
    [1, 1],
    [2, 1],
    [3, 3],
    [6, 3],
  ])('with %i ingesters keeps each sample in %i of them', (ingesters, copies) => {
    const { ingester, store_gateway: gateway, mimir } = valuesWith(ingesters);
    expect(ingester.replicas).toBe(ingesters);
    expect(mimir.structuredConfig.ingester.ring.replication_factor).toBe(copies);
    expect(mimir.structuredConfig.store_gateway.sharding_ring.replication_factor).toBe(copies);
    expect(gateway.replicas).toBe(copies);
  });

  it('leaves rules and alerts to the central Prometheus', () => {
    expect([values.ruler, values.alertmanager]).toEqual([{ enabled: false }, { enabled: false }]);
  });

  it('keeps blocks as long, and takes samples as late, as it is told', () => {
    expect(structuredConfig.limits).toEqual({
      compactor_blocks_retention_period: '1y',
      out_of_order_time_window: '6h',
    });
  });
});
