import { thanos } from '../../../config/cluster-names.ts';
import { files } from './files.ts';

/** Arguments of `thanos`, by the part of a process that they configure. https://thanos.io/tip/components/ */

const { ports, loopback, memberName } = thanos;

/** Metrics and probes over TLS, and gRPC that demands a client certificate. */
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

/** A gRPC client that presents its own certificate. @param prefix of the arguments @param name of the server */
export function clientArguments(prefix: 'remote-write.client' | 'grpc-client'): string[] {
  return [
    `--${prefix}-tls-secure`,
    `--${prefix}-tls-cert=${files.cert}`,
    `--${prefix}-tls-key=${files.key}`,
    `--${prefix}-tls-ca=${files.ca}`,
    `--${prefix}-server-name=${memberName}`,
  ];
}

/** The label that distinguishes the copies of a series. Kubernetes replaces the variable. */
export const replicaLabel = '--label=replica="$(POD_NAME)"';

export function objectStoreArguments(present: boolean): string[] {
  return present ? [`--objstore.config-file=${files.objectStore}`] : [];
}
