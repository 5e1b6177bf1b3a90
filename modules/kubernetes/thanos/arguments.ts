import { thanos } from '../../../config/cluster-names.ts';
import { files } from './files.ts';
import type { ReadLimits } from './sizing.ts';

/** Arguments of several Thanos programs (https://thanos.io/tip/components/). */

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
 * The write listeners of a receiver listen on 127.0.0.1 only. The remote-write listener in the pod checks the clients
 * of a router. An ingester gets samples by gRPC. Cap'n Proto has no TLS and cannot be disabled.
 */
export function loopbackArguments(): string[] {
  return [
    `--remote-write.address=127.0.0.1:${loopback.write}`,
    `--receive.capnproto-address=127.0.0.1:${loopback.capnproto}`,
  ];
}

/**
 * Certificate of a gRPC client.
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

/**
 * The label `replica` distinguishes the copies of a series. Kubernetes replaces $(POD_NAME) with the name of the pod.
 */
export const replicaLabel = '--label=replica="$(POD_NAME)"';

/**
 * Disables `POST /api/v1/blocks/mark`, because this request can mark blocks for deletion. The port for metrics
 * requires no client certificate, therefore any client could send it.
 */
export const noAdminOperations = '--disable-admin-operations';

/** The read limits. Thanos refuses a larger request before it fills the memory. */
export function readArguments({ series, samples }: ReadLimits): string[] {
  return [`--store.limits.request-series=${series}`, `--store.limits.request-samples=${samples}`];
}

export function objectStoreArguments(present: boolean): string[] {
  return present ? [`--objstore.config-file=${files.objectStore}`] : [];
}
