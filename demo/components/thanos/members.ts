import { laptopThanosJobs } from '../../../sources/index.ts';
import type { PortName } from '../../network.ts';

export { laptopThanosJobs as thanosJobs };

/** Ports of one receiver. */
export interface Receiver {
  readonly name: string;
  readonly http: PortName;
  readonly grpc: PortName;
  readonly write: PortName;
  /** Port for Cap'n Proto. A receiver always opens it. Nothing uses it, because receivers send copies by gRPC. */
  readonly capnproto: PortName;
}

export const receivers: readonly Receiver[] = ([1, 2, 3] as const).map((number) => ({
  name: `thanos-receive-${number}`,
  http: `thanosReceive${number}`,
  grpc: `thanosReceive${number}Grpc`,
  write: `thanosReceive${number}Write`,
  capnproto: `thanosReceive${number}Capnproto`,
}));

/** A program of Thanos. The central Prometheus scrapes it. */
export interface Member {
  readonly name: string;
  readonly job: string;
  readonly http: PortName;
}

export const members: readonly Member[] = [
  ...receivers.map(({ name, http }) => ({ name, job: laptopThanosJobs.receive, http })),
  { name: 'thanos-query', job: laptopThanosJobs.query, http: 'thanosQuery' },
  { name: 'thanos-rule', job: laptopThanosJobs.rule, http: 'thanosRule' },
];

/**
 * Labels in which the copies of a series differ: one label each for the receiver, the tenant and the ruler. The querier
 * removes these labels.
 */
export const replicaLabels = { receiver: 'replica', tenant: 'tenant_id', ruler: 'rule_replica' } as const;

/** The querier reads samples with this gRPC method. */
export const readMethod = 'Series';

/** At a stop, Thanos waits for open connections for at most this time. The default is two minutes. */
export const graceArguments = ['--http-grace-period=1s', '--grpc-grace-period=1s'] as const;
