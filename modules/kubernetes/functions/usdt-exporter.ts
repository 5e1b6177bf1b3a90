import { isIP } from 'node:net';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { hostOf } from '../../../config/addresses.ts';
import { tlsSecrets } from '../../../config/cluster-names.ts';
import { type ClusterLabels, jobs, ports } from '../../../config/topology.ts';
import type { IssuerRef } from '../certificates.ts';
import type { ClusterConnection } from '../connection.ts';
import { centralPrometheus } from '../monitor-labels.ts';
import type { Peer } from '../network-policy.ts';
import { FunctionServer } from './function-server.ts';
import { functionManifests } from './monitor.ts';

export interface UsdtExporterProps {
  readonly connection: ClusterConnection;
  readonly namespace: string;
  /** Full reference with a tag. */
  readonly image: string;
  /** @default pulled by the node's identity */
  readonly pullSecret?: string;
  readonly replicas: number;
  /** What stands in for Binance P2P, such as a proxy. @default Binance P2P itself */
  readonly upstreamUrl?: string;
  /** The release that carries `usdtExporterManifests` must be among them. */
  readonly dependsOn?: ITerraformDependable[];
}

/** The USDT/VND exporter; its custom resources are in `usdtExporterManifests`. */
export class UsdtExporter extends Construct {
  readonly server: FunctionServer;

  constructor(scope: Construct, id: string, props: UsdtExporterProps) {
    super(scope, id);
    const { upstreamUrl, ...pod } = props;
    this.server = new FunctionServer(this, 'server', {
      ...pod,
      name: jobs.usdtExporter,
      port: ports.usdtExporter,
      env: upstreamUrl ? { USDT_UPSTREAM_URL: upstreamUrl } : {},
      tlsSecret: tlsSecrets.usdtExporter,
      resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '192Mi' } },
      callers: [centralPrometheus],
      egress: [{ to: upstreamPeers(upstreamUrl), ports: [upstreamPort(upstreamUrl)] }],
    });
  }
}

/** What rides in a release before the exporter itself. */
export function usdtExporterManifests(props: {
  readonly namespace: string;
  readonly labels: ClusterLabels;
  readonly issuer?: IssuerRef;
}): object[] {
  return functionManifests({ ...props, name: jobs.usdtExporter, tlsSecret: tlsSecrets.usdtExporter });
}

/** A cloud's metadata service is among them; it gives a node's identity to every caller. */
const linkLocal = '169.254.0.0/16';

/**
 * Link-local addresses of IPv6, and the metadata services of AWS and Google Cloud there; the last range is `linkLocal`
 * behind NAT64 (RFC 6052).
 */
const linkLocalIpv6 = ['fe80::/10', 'fd00:ec2::254/128', 'fd20:ce::254/128', '64:ff9b::a9fe:0/112'];

/** Public or private. */
const anyone: readonly Peer[] = [
  { cidr: '0.0.0.0/0', except: [linkLocal] },
  { cidr: '::/0', except: linkLocalIpv6 },
];

/** The public internet alone; of IPv6 the addresses that are routed there. */
const outside: readonly Peer[] = [
  {
    cidr: '0.0.0.0/0',
    except: ['10.0.0.0/8', '100.64.0.0/10', linkLocal, '172.16.0.0/12', '192.168.0.0/16'],
  },
  { cidr: '2000::/3' },
];

/** A name may resolve to any address of both families; an address is itself alone. */
function upstreamPeers(url: string | undefined): readonly Peer[] {
  if (url === undefined) return outside;
  const host = hostOf(url);
  const family = isIP(host);
  return family === 0 ? anyone : [{ cidr: `${host}/${family === 6 ? 128 : 32}` }];
}

function upstreamPort(url: string | undefined): number {
  const { port, protocol } = new URL(url ?? 'https://p2p.binance.com');
  return Number(port) || (protocol === 'http:' ? 80 : 443);
}
