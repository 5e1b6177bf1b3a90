import { thanos } from '../../../config/cluster-names.ts';
import { files } from './files.ts';
import type { ReadLimits } from './sizing.ts';

/** Command-line arguments of several Thanos processes (https://thanos.io/tip/components/). */

const { ports, loopback, memberName } = thanos;

/**
 * Arguments for the two listeners of a process. The HTTPS listener serves metrics and probes. The gRPC listener
 * requires a client certificate.
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
 * Arguments that make the write listeners of a receiver listen on 127.0.0.1 only. A router gets samples from the
 * remote-write listener in its pod, which checks the clients. An ingester gets samples by gRPC. Cap'n Proto has no TLS
 * and cannot be disabled.
 */
export function loopbackArguments(): string[] {
  return [
    `--remote-write.address=127.0.0.1:${loopback.write}`,
    `--receive.capnproto-address=127.0.0.1:${loopback.capnproto}`,
  ];
}

/**
 * Arguments with the certificate that a gRPC client sends.
 * @param prefix start of the names of the arguments
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
 * Argument that adds the label `replica`, which distinguishes the copies of a series. Kubernetes replaces $(POD_NAME)
 * with the name of the pod.
 */
export const replicaLabel = '--label=replica="$(POD_NAME)"';

/**
 * Argument that disables `POST /api/v1/blocks/mark`, which can mark blocks for deletion. The port for metrics requires
 * no client certificate, therefore any client could send this request.
 */
export const noAdminOperations = '--disable-admin-operations';

/** Arguments that set the read limits. Thanos refuses a larger request before it fills the memory. */
export function readArguments({ series, samples }: ReadLimits): string[] {
  return [`--store.limits.request-series=${series}`, `--store.limits.request-samples=${samples}`];
}

export function objectStoreArguments(present: boolean): string[] {
  return present ? [`--objstore.config-file=${files.objectStore}`] : [];
}
