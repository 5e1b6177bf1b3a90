import { thanos } from '../../../config/cluster-names.ts';
import { files } from './files.ts';
import type { ReadLimits } from './sizing.ts';

/** Command-line arguments that several Thanos programs use (https://thanos.io/tip/components/). */

const { ports, loopback, memberName } = thanos;

/**
 * Two listeners: HTTPS for metrics and probes, and gRPC with client certificates.
 * @param web path of the web configuration file
 */
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

/**
 * Remote write and Cap'n Proto listen only on 127.0.0.1, therefore other pods cannot connect to these two ports. Cap'n
 * Proto has no TLS, and Thanos cannot disable Cap'n Proto. Agents send remote write to a TLS proxy (Caddy) in the pod of a
 * Thanos router. The routers send the samples to the Thanos ingesters through gRPC.
 */
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

/** Each copy of a series has a different label `replica`. Kubernetes replaces $(POD_NAME) with the name of the pod. */
export const replicaLabel = '--label=replica="$(POD_NAME)"';

/**
 * Disables `POST /api/v1/blocks/mark`. Otherwise every client of the metrics port could mark blocks for deletion,
 * because this port requires no client certificate.
 */
export const noAdminOperations = '--disable-admin-operations';

/** Thanos refuses a read request above these limits before the request fills the memory. */
export function readArguments({ series, samples }: ReadLimits): string[] {
  return [`--store.limits.request-series=${series}`, `--store.limits.request-samples=${samples}`];
}

export function objectStoreArguments(present: boolean): string[] {
  return present ? [`--objstore.config-file=${files.objectStore}`] : [];
}
