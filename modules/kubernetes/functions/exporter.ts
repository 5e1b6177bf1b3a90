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
  /** The descriptor of the exporter. */
  readonly source: FunctionSource;
  /** Complete image reference with a tag. */
  readonly image: string;
  /**
   * Name of the Secret with the login to the registry.
   * @default none: the node's identity pulls the image
   */
  readonly pullSecret?: string;
  /**
   * URL of the API that the exporter calls, such as the URL of a proxy.
   * @default the URL in the descriptor
   */
  readonly upstreamUrl?: string;
  /**
   * Resources that Terraform creates before the exporter. They must include the Helm release that installs
   * `exporterManifests`.
   */
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * An exporter function as a server in the cluster. The descriptor contains everything that is specific to the exporter.
 * `exporterManifests` has the custom resources.
 */
export class Exporter extends Construct {
  readonly server: FunctionServer;

  constructor(scope: Construct, id: string, { source, upstreamUrl, ...pod }: ExporterProps) {
    super(scope, id);
    const { name, upstream } = source.program;
    this.server = new FunctionServer(this, 'server', {
      ...pod,
      name,
      namespace: source.namespace,
      // The exporter has one replica. Each further replica would also call the upstream, and the values would differ
      // only by chance.
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

/** Custom resources that a Helm release must install before the exporter itself. */
export function exporterManifests({
  source,
  ...props
}: {
  readonly source: FunctionSource;
  /** Labels that identify the cluster of the series. */
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

/**
 * Name of the Secret with the exporter's certificate.
 * @throws Error for a descriptor without a Secret; a test ensures that the descriptor of every function has a Secret
 */
function tlsSecretOf({ job, monitor }: FunctionSource): string {
  if (!monitor.tlsSecret)
    throw new Error(
      `the source ${job} has no tlsSecret for its certificate; set tlsSecret in the descriptor of the source`,
    );
  return monitor.tlsSecret;
}

/**
 * Link-local addresses. They include the metadata service of a cloud, which returns the node's identity to every
 * caller.
 */
const linkLocal = '169.254.0.0/16';

/**
 * Link-local addresses of IPv6, and the IPv6 addresses of the metadata services of AWS and Google Cloud. The last range
 * is `linkLocal` behind NAT64 (RFC 6052).
 */
const linkLocalIpv6 = ['fe80::/10', 'fd00:ec2::254/128', 'fd20:ce::254/128', '64:ff9b::a9fe:0/112'];

/** All public and private addresses, without the link-local addresses. */
const anyone: readonly Peer[] = [
  { cidr: '0.0.0.0/0', except: [linkLocal] },
  { cidr: '::/0', except: linkLocalIpv6 },
];

/** Only the public internet. For IPv6, this is the range of global unicast addresses. */
const outside: readonly Peer[] = [
  {
    cidr: '0.0.0.0/0',
    except: ['10.0.0.0/8', '100.64.0.0/10', linkLocal, '172.16.0.0/12', '192.168.0.0/16'],
  },
  { cidr: '2000::/3' },
];

/**
 * Peers for the upstream of an exporter. A host name may resolve to any IPv4 or IPv6 address, therefore all addresses
 * are allowed. If the URL contains an IP address, only this address is allowed.
 */
function upstreamPeers(url: string | undefined): readonly Peer[] {
  if (url === undefined) return outside;
  const host = hostOf(url);
  const family = isIP(host);
  return family === 0 ? anyone : [{ cidr: `${host}/${family === 6 ? 128 : 32}` }];
}

function portOf(url: string): number {
  const { port, protocol } = new URL(url);
  return Number(port) || (protocol === 'http:' ? 80 : 443);
}
