import { thanos } from '../../../config/cluster-names.ts';
import { files } from './files.ts';
import type { ReadLimits } from './sizing.ts';

/** Command-line arguments that several Thanos programs use (https://thanos.io/tip/components/). */

const { ports, loopback, memberName } = thanos;

/** Two listeners: HTTPS for metrics and probes, and gRPC with client certificates. */
export function listenerArguments(web: string = files.web): string[] {
  return [
    `--http-address=0.0.0.0:${ports.http}`,
    `--http.config=${web}`,
    `--grpc-address=0.0.0.0:${ports.grpc}`,
    `--grpc-server-tls-cert=${files.cert}`,
    `--grpc-server-tls-key=${files.key}`,
    `--grpc-server-tls-client-ca=${files.ca}`,
  ];
}

/** Prevents connections from other pods to the ports for remote write and Cap'n Proto. */
export function loopbackArguments(): string[] {
  return [
    `--remote-write.address=127.0.0.1:${loopback.write}`,
    `--receive.capnproto-address=127.0.0.1:${loopback.capnproto}`,
  ];
}

/**
 * TLS arguments of a gRPC client.
 * @param prefix start of the argument names
 */
export function clientArguments(prefix: 'remote-write.client' | 'grpc-client'): string[] {
  return [
    `--${prefix}-tls-secure`,
    `--${prefix}-tls-cert=${files.cert}`,
    `--${prefix}-tls-key=${files.key}`,
    `--${prefix}-tls-ca=${files.ca}`,
    `--${prefix}-server-name=${memberName}`,
  ];
}

/** The label `replica` differs in each copy of a series. Kubernetes replaces $(POD_NAME). */
export const replicaLabel = '--label=replica="$(POD_NAME)"';

/** Disables `POST /api/v1/blocks/mark`. Otherwise every client of the metrics port could delete blocks. */
export const noAdminOperations = '--disable-admin-operations';

/** Limits of series and samples for one read request. */
export function readArguments({ series, samples }: ReadLimits): string[] {
  return [`--store.limits.request-series=${series}`, `--store.limits.request-samples=${samples}`];
}

export function objectStoreArguments(present: boolean): string[] {
  return present ? [`--objstore.config-file=${files.objectStore}`] : [];
}
