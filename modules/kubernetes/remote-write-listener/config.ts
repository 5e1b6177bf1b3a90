import { remoteWriteListener } from '../../../config/cluster-names.ts';

/** Paths of PEM files in the container. */
export interface ListenerFiles {
  readonly cert: string;
  readonly key: string;
  /** CA that signs the certificates of the edges and of the receiver. */
  readonly ca: string;
}

/** Maximum bytes of a request body. A usual request has about 100 KB. */
const maxBodyBytes = 8 * 1024 * 1024;

/** The server to which the listener forwards requests. The server and the listener run in one pod. */
export interface Upstream {
  /** TCP port on 127.0.0.1. */
  readonly port: number;
  readonly path: string;
  /** Name in the certificate of the server. @default none: plain HTTP */
  readonly serverName?: string;
}

export interface Writers {
  /** DNS names in the client certificates. */
  readonly identities: readonly string[];
  /**
   * Headers that the listener sets in place of the client's headers.
   * @default none
   */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ListenerProps {
  readonly serverName: string;
  readonly upstream: Upstream;
  readonly writers: readonly Writers[];
}

const clientName = '{http.request.tls.client.san.dns_names.0}';

/** Returns the configuration of Caddy (https://caddyserver.com/docs/json/). */
export function listenerConfig(props: ListenerProps, files: ListenerFiles): object {
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
  // The kubelet sends no server name (SNI). Caddy then uses the certificate of `default_sni`.
  const tls = { protocol_min: 'tls1.2', default_sni: props.serverName };
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
            // `{}` enables the request log. Forwarded requests are not logged, because their route has `log_skip`.
            logs: {},
            // Caddy forwards only `POST /api/v1/write` from known clients.
            routes: [
              { handle: [{ handler: 'log_append', key: 'client', value: clientName }] },
              {
                match: [{ path: [path] }],
                handle: [
                  {
                    handler: 'subroute',
                    routes: [
                      ...props.writers.map(({ identities, headers }) => ({
                        match: [{ method: ['POST'], vars: { [clientName]: identities } }],
                        handle: forward(props.upstream, pool, headers),
                        terminal: true,
                      })),
                      // An agent repeats a request after 503. After 403, the agent would drop the samples.
                      {
                        match: [{ method: ['POST'] }],
                        handle: [
                          answer(
                            503,
                            'this environment does not allow the DNS name in the client certificate\n',
                          ),
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

function forward({ port, path, serverName }: Upstream, pool: object, headers?: Writers['headers']): object[] {
  return [
    { handler: 'vars', log_skip: true },
    // The listener answers 413 to a larger request. After 413, an agent drops the request.
    { handler: 'request_body', max_size: maxBodyBytes },
    // Without the `?`, Caddy would forward the query string of the client.
    { handler: 'rewrite', uri: `${path}?` },
    {
      handler: 'reverse_proxy',
      upstreams: [{ dial: `127.0.0.1:${port}` }],
      ...(headers && {
        headers: {
          request: {
            set: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
          },
        },
      }),
      transport: {
        protocol: 'http',
        dial_timeout: '5s',
        response_header_timeout: '45s',
        ...(serverName !== undefined && { tls: { ca: pool, server_name: serverName } }),
      },
    },
  ];
}

function answer(status: number, body?: string): object {
  return { handler: 'static_response', status_code: status, ...(body && { body }) };
}
