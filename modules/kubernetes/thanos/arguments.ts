import { thanos } from '../../../config/cluster-names.ts';
import { files } from './files.ts';

/** Command-line arguments that several Thanos processes share (https://thanos.io/tip/components/). */

const { ports, loopback, memberName } = thanos;

/**
 * Arguments for the two listeners of a process: HTTPS for metrics and probes, and gRPC that requires a client
 * certificate.
 * @param web name of the web configuration file
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
 * The listeners of a receiver for samples. Only its own pod reaches them: the remote-write listener in the pod of a
 * router checks the clients, and an ingester gets its samples by gRPC. Cap'n Proto has no TLS and cannot be turned off.
 */
export function loopbackArguments(): string[] {
  return [
    `--remote-write.address=127.0.0.1:${loopback.write}`,
    `--receive.capnproto-address=127.0.0.1:${loopback.capnproto}`,
  ];
}

/**
 * Arguments for a gRPC client that sends its own certificate.
 * @param prefix first part of the names of the arguments
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
 * Argument that adds the label by which Thanos distinguishes the copies of a series. Kubernetes replaces the variable
 * POD_NAME with the name of the pod.
 */
export const replicaLabel = '--label=replica="$(POD_NAME)"';

export function objectStoreArguments(present: boolean): string[] {
  return present ? [`--objstore.config-file=${files.objectStore}`] : [];
}
