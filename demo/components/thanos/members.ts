import { laptopThanosJobs } from '../../../sources/index.ts';
import type { PortName } from '../../network.ts';

export { laptopThanosJobs as thanosJobs };

export interface Receiver {
  readonly name: string;
  readonly http: PortName;
  readonly grpc: PortName;
  readonly write: PortName;
  /** Unused port for Cap'n Proto. Thanos always opens this port. */
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

/** Only these labels differ between the copies of a series. The querier merges the copies. */
export const replicaLabels = { receiver: 'replica', tenant: 'tenant_id', ruler: 'rule_replica' } as const;

/** The gRPC method that returns samples to the querier. */
export const readMethod = 'Series';

/** At a stop, Thanos waits for open connections for at most this time. The default is two minutes. */
export const graceArguments = ['--http-grace-period=1s', '--grpc-grace-period=1s'] as const;
