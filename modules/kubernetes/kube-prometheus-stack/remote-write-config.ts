import { edgeIdentity, remoteWriteListener, services } from '../../../config/cluster-names.ts';
import { sourcePorts } from '../../../sources/index.ts';
import { serverName } from '../certificates.ts';

/** Paths of PEM files. */
export interface ListenerFiles {
  readonly cert: string;
  readonly key: string;
  /** Certificate of the CA that signs the edges' client certificates and Prometheus' own certificate. */
  readonly ca: string;
}

/**
 * Limit on the size of a request's body, in bytes. An agent sends 2,000 samples in a request, about 100 KB compressed;
 * the limit also allows twenty times as many labels. An agent drops a request that is rejected with 413.
 */
const maxBodyBytes = 8 * 1024 * 1024;

/** The first DNS name of the client's certificate. */
const clientName = '{http.request.tls.client.san.dns_names.0}';

/**
 * Caddy's configuration: Caddy forwards only `POST /api/v1/write` by a known edge to Prometheus. The handshake of a
 * client without a certificate of the CA fails. A client with a name that no known edge has gets 503, because an agent
 * repeats samples after 503 and drops samples after 403. Other methods get 403, other paths 404.
 * https://caddyserver.com/docs/json/
 * @param edges names of the edges that may write
 */
export function listenerConfig(edges: readonly string[], files: ListenerFiles): object {
  const { port, healthPort, path } = remoteWriteListener;
  const common = {
    protocols: ['h1', 'h2'],
    automatic_https: { disable: true },
    read_header_timeout: '10s',
    read_timeout: '30s',
    write_timeout: '60s',
    idle_timeout: '2m',
    max_header_bytes: 16 * 1024,
  };
  const { name, namespace } = services.prometheus;
  // The kubelet connects to an IP address and sends no server name. For such a client, Caddy presents the certificate
  // of `default_sni`.
  const tls = { protocol_min: 'tls1.2', default_sni: serverName(name, namespace) };
  const pool = { provider: 'file', pem_files: [files.ca] };
  return {
    admin: { disabled: true, config: { persist: false } },
    logging: { logs: { default: { level: 'INFO' } } },
    apps: {
      tls: { certificates: { load_files: [{ certificate: files.cert, key: files.key }] } },
      http: {
        grace_period: '10s',
        servers: {
          remote_write: {
            ...common,
            listen: [`:${port}`],
            tls_connection_policies: [
              { ...tls, client_authentication: { mode: 'require_and_verify', ca: pool } },
            ],
            // One line for each request that is refused or fails, with the client's name.
            logs: {},
            routes: [
              { handle: [{ handler: 'log_append', key: 'client', value: clientName }] },
              {
                match: [{ path: [path] }],
                handle: [
                  {
                    handler: 'subroute',
                    routes: [
                      {
                        match: [
                          {
                            method: ['POST'],
                            vars: { [clientName]: edges.map(edgeIdentity) },
                          },
                        ],
                        handle: forward(pool, tls.default_sni),
                        terminal: true,
                      },
                      {
                        match: [{ method: ['POST'] }],
                        handle: [
                          answer(503, "the client certificate's name is no edge of this environment\n"),
                        ],
                        terminal: true,
                      },
                      { handle: [answer(403)] },
                    ],
                  },
                ],
                terminal: true,
              },
              { handle: [answer(404)] },
            ],
          },
          health: {
            ...common,
            listen: [`:${healthPort}`],
            tls_connection_policies: [tls],
            routes: [
              { match: [{ path: ['/healthz'] }], handle: [answer(200)], terminal: true },
              { handle: [answer(404)] },
            ],
          },
        },
      },
    },
  };
}

function forward(pool: object, host: string): object[] {
  return [
    { handler: 'vars', log_skip: true },
    { handler: 'request_body', max_size: maxBodyBytes },
    // Prometheus receives this path without a query, however the client spelled the path.
    { handler: 'rewrite', uri: `${remoteWriteListener.path}?` },
    {
      handler: 'reverse_proxy',
      upstreams: [{ dial: `127.0.0.1:${sourcePorts.prometheus}` }],
      transport: {
        protocol: 'http',
        dial_timeout: '5s',
        response_header_timeout: '45s',
        tls: { ca: pool, server_name: host },
      },
    },
  ];
}

function answer(status: number, body?: string): object {
  return { handler: 'static_response', status_code: status, ...(body && { body }) };
}
