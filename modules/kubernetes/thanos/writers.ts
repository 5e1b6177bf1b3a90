import { edgeIdentity, thanos, thanosClientIdentity } from '../../../config/cluster-names.ts';
import type { Writers } from '../remote-write-listener/config.ts';
import type { ThanosProps } from './props.ts';

/** The listener sets the tenant header, because a client could send a false tenant. */
export function writersByTenant({ edges, tenants = {} }: Pick<ThanosProps, 'edges' | 'tenants'>): Writers[] {
  const groups = new Map<string, string[]>([
    [thanos.defaultTenant, [thanosClientIdentity('prometheus'), thanosClientIdentity('ruler')]],
  ]);
  for (const edge of edges) {
    const tenant = tenants[edge] ?? thanos.defaultTenant;
    groups.set(tenant, [...(groups.get(tenant) ?? []), edgeIdentity(edge)]);
  }
  return [...groups].map(([tenant, identities]) => ({
    identities,
    headers: { [thanos.tenantHeader]: tenant },
  }));
}
