import { isIP } from 'node:net';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { hostOf } from '../../../config/addresses.ts';
import type { ClusterLabels } from '../../../config/topology.ts';
import type { FunctionSource } from '../../../sources/index.ts';
import type { IssuerRef } from '../certificates.ts';
import type { ClusterConnection } from '../connection.ts';
import { centralPrometheus } from '../monitor-labels.ts';
import type { Peer } from '../network-policy.ts';
import { FunctionServer } from './function-server.ts';
import { functionManifests } from './monitor.ts';

export interface ExporterProps {
  readonly connection: ClusterConnection;
  readonly source: FunctionSource;
  readonly image: string;
  /** Without a Secret, the identity of the node pulls the image. */
  readonly pullSecret?: string;
  /**
   * Replaces the URL of the API, for example with the URL of a proxy.
   * @default the URL in `source`
   */
  readonly upstreamUrl?: string;
  /** These dependencies must include the Helm release that installs `exporterManifests`. */
  readonly dependsOn?: ITerraformDependable[];
}

/** An exporter as a server in the cluster. */
export class Exporter extends Construct {
  readonly server: FunctionServer;

  constructor(scope: Construct, id: string, { source, upstreamUrl, ...pod }: ExporterProps) {
    super(scope, id);
    const { name, upstream } = source.program;
    this.server = new FunctionServer(this, 'server', {
      ...pod,
      name,
      namespace: source.namespace,
      // A second replica would call the API again, for almost equal values.
      replicas: 1,
      port: source.port,
      env: upstream && upstreamUrl ? { [upstream.setting]: upstreamUrl } : {},
      tlsSecret: tlsSecretOf(source),
      resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '192Mi' } },
      callers: [centralPrometheus],
      egress: upstream
        ? [{ to: upstreamPeers(upstreamUrl), ports: [portOf(upstreamUrl ?? upstream.url)] }]
        : [],
    });
  }
}

/** Custom resources of the exporter, for a Helm release. */
export function exporterManifests({
  source,
  ...props
}: {
  readonly source: FunctionSource;
  readonly labels: ClusterLabels;
  readonly issuer?: IssuerRef;
}): object[] {
  const { namespace, program } = source;
  return functionManifests({
    ...props,
    namespace,
    name: program.name,
    tlsSecret: tlsSecretOf(source),
    source: source.name,
  });
}

/** @throws Error if the descriptor has no Secret for the certificate */
function tlsSecretOf({ job, monitor }: FunctionSource): string {
  if (!monitor.tlsSecret)
    throw new Error(
      `the source ${job} has no tlsSecret for its certificate; set tlsSecret in the descriptor of the source`,
    );
  return monitor.tlsSecret;
}

/** Link-local addresses. A cloud's metadata service has such an address, and returns credentials. */
const linkLocal = '169.254.0.0/16';

const linkLocalIpv6 = [
  'fe80::/10',
  // Metadata service of AWS.
  'fd00:ec2::254/128',
  // Metadata service of Google Cloud.
  'fd20:ce::254/128',
  // 169.254.0.0/16 through NAT64 (RFC 6052).
  '64:ff9b::a9fe:0/112',
];

/** All addresses except those of metadata services and link-local addresses. */
const anyone: readonly Peer[] = [
  { cidr: '0.0.0.0/0', except: [linkLocal] },
  { cidr: '::/0', except: linkLocalIpv6 },
];

const publicAddresses: readonly Peer[] = [
  {
    cidr: '0.0.0.0/0',
    except: ['10.0.0.0/8', '100.64.0.0/10', linkLocal, '172.16.0.0/12', '192.168.0.0/16'],
  },
  { cidr: '2000::/3' },
];

/** Addresses to which the exporter may connect. A host name can resolve to a private address. */
function upstreamPeers(url: string | undefined): readonly Peer[] {
  if (url === undefined) return publicAddresses;
  const host = hostOf(url);
  const family = isIP(host);
  return family === 0 ? anyone : [{ cidr: `${host}/${family === 6 ? 128 : 32}` }];
}

function portOf(url: string): number {
  const { port, protocol } = new URL(url);
  return Number(port) || (protocol === 'http:' ? 80 : 443);
}
