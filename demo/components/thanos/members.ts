import { laptopThanosJobs } from '../../../sources/index.ts';
import type { PortName } from '../../network.ts';

export { laptopThanosJobs as thanosJobs };

/** The ports of one receiver. */
export interface Receiver {
  readonly name: string;
  readonly http: PortName;
  readonly grpc: PortName;
  readonly write: PortName;
  /**
   * Port for Cap'n Proto. A receiver always opens this port. No program uses it, because the receivers send their
   * copies by gRPC.
   */
  readonly capnproto: PortName;
}

export const receivers: readonly Receiver[] = ([1, 2, 3] as const).map((number) => ({
  name: `thanos-receive-${number}`,
  http: `thanosReceive${number}`,
  grpc: `thanosReceive${number}Grpc`,
  write: `thanosReceive${number}Write`,
  capnproto: `thanosReceive${number}Capnproto`,
}));

/** A program of Thanos that the central Prometheus scrapes. */
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
 * Labels whose values differ between the copies of one series: the label of the receiver, the label of the tenant and
 * the label of the ruler. The querier removes these labels.
 */
export const replicaLabels = { receiver: 'replica', tenant: 'tenant_id', ruler: 'rule_replica' } as const;

/** The gRPC method with which the querier reads samples. */
export const readMethod = 'Series';

/** How long a program waits for open connections when it stops. The default is two minutes. */
export const graceArguments = ['--http-grace-period=1s', '--grpc-grace-period=1s'] as const;
