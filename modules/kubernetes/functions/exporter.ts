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
  /** Full image reference with a tag. */
  readonly image: string;
  /** @default the node's identity pulls the image */
  readonly pullSecret?: string;
  /** URL that the exporter calls, such as that of a proxy. @default the upstream of the descriptor */
  readonly upstreamUrl?: string;
  /** Must contain the release with `exporterManifests`. */
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * Any exporter function as a server in the cluster, from its descriptor; `exporterManifests` has its custom resources.
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
      // One replica: each replica would call the upstream, and their values would differ only by chance.
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

/** Custom resources that a release installs before the exporter itself. */
export function exporterManifests({
  source,
  ...props
}: {
  readonly source: FunctionSource;
  /** Labels of the cluster of the series. */
  readonly labels: ClusterLabels;
  readonly issuer?: IssuerRef;
}): object[] {
  const { namespace, program } = source;
  return functionManifests({ ...props, namespace, name: program.name, tlsSecret: tlsSecretOf(source) });
}

/** @throws Error for a descriptor without a Secret; a test excludes this case for functions */
function tlsSecretOf({ job, monitor }: FunctionSource): string {
  if (!monitor.tlsSecret)
    throw new Error(`the source ${job} has no tlsSecret for its certificate; set one in its descriptor`);
  return monitor.tlsSecret;
}

/** Includes the metadata service of a cloud, which returns the node's identity to every caller. */
const linkLocal = '169.254.0.0/16';

/**
 * Link-local addresses of IPv6, and the metadata services of AWS and Google Cloud over IPv6; the last range is
 * `linkLocal` behind NAT64 (RFC 6052).
 */
const linkLocalIpv6 = ['fe80::/10', 'fd00:ec2::254/128', 'fd20:ce::254/128', '64:ff9b::a9fe:0/112'];

/** Public or private. */
const anyone: readonly Peer[] = [
  { cidr: '0.0.0.0/0', except: [linkLocal] },
  { cidr: '::/0', except: linkLocalIpv6 },
];

/** The public internet only; of IPv6, the global unicast addresses. */
const outside: readonly Peer[] = [
  {
    cidr: '0.0.0.0/0',
    except: ['10.0.0.0/8', '100.64.0.0/10', linkLocal, '172.16.0.0/12', '192.168.0.0/16'],
  },
  { cidr: '2000::/3' },
];

/** A host name may resolve to any address of both address families; an address allows only itself. */
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
