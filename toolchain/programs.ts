import type { Platform } from './platform.ts';

export type ProgramName =
  | 'prometheus'
  | 'promtool'
  | 'alertmanager'
  | 'pushgateway'
  | 'node_exporter'
  | 'nats-server'
  | 'prometheus-nats-exporter';

export interface Release {
  /** owner/name on github.com. */
  readonly repository: string;
  readonly tag: string;
  /** Name of the archive without `.tar.gz`; only linux and darwin on amd64 and arm64 are asked for. */
  readonly archive: (platform: Platform) => string;
  /** The file of `<sha256>  <archive>` lines published beside it. */
  readonly checksums: string;
}

export interface Program {
  readonly name: ProgramName;
  /** What the program reports, and what the charts deploy. */
  readonly version: string;
  /** Folder below programs/: one Go module, and one release archive, may hold several programs. */
  readonly bundle: string;
  readonly module: string;
  readonly moduleVersion: string;
  /** Main package, below the module's path. */
  readonly package: string;
  readonly tags: readonly string[];
  /** Go variables stamped at link time; an unstamped program reports no version or "0.0.0". */
  readonly stamps: Readonly<Record<string, string>>;
  readonly release: Release;
  /** Whether a build of the bare Go module has the program's web page: some publish it in their releases only. */
  readonly webUiFromSource: boolean;
}

const prometheusVersion = '3.14.0';

/**
 * How every repository of the Prometheus organisation names, stamps and publishes (its `promu` tool does). Its `netgo` tag
 * is left out: without C it changes nothing but the name under which Go caches `net` and all that stands on it, which
 * the programs of NATS could then not share (20 s of compiling).
 */
function promu(name: ProgramName, repository: string, version: string) {
  return {
    name,
    version,
    bundle: repository,
    module: `github.com/prometheus/${repository}`,
    moduleVersion: `v${version}`,
    tags: [],
    stamps: { 'github.com/prometheus/common/version.Version': version },
    release: {
      repository: `prometheus/${repository}`,
      tag: `v${version}`,
      archive: ({ os, arch }: Platform) => `${repository}-${version}.${os}-${arch}`,
      checksums: 'sha256sums.txt',
    },
  };
}

// Prometheus 3 is Go module v0.3xx. File, HTTP and static discovery are always in; remove_all_sd leaves out the
// clients of two dozen clouds, half of the build, which nothing on a laptop discovers through.
const prometheusModule = {
  moduleVersion: 'v0.314.0',
  tags: ['remove_all_sd'],
};

/**
 * The pins: what the charts of the cluster deploy. To move one, change it here, cut the go.mod of its bundle down to
 * `module` and upstream's own `replace` lines, delete its go.sum, and run `go get -tool <package>@<version>` there:
 * that writes the versions which upstream has pinned, with their checksums.
 */
export const programs: Readonly<Record<ProgramName, Program>> = {
  prometheus: {
    ...promu('prometheus', 'prometheus', prometheusVersion),
    ...prometheusModule,
    package: 'cmd/prometheus',
    webUiFromSource: false,
  },
  promtool: {
    ...promu('promtool', 'prometheus', prometheusVersion),
    ...prometheusModule,
    package: 'cmd/promtool',
    webUiFromSource: true,
  },
  alertmanager: {
    ...promu('alertmanager', 'alertmanager', '0.34.0'),
    package: 'cmd/alertmanager',
    webUiFromSource: false,
  },
  pushgateway: { ...promu('pushgateway', 'pushgateway', '1.11.3'), package: '', webUiFromSource: true },
  node_exporter: { ...promu('node_exporter', 'node_exporter', '1.12.1'), package: '', webUiFromSource: true },
  'nats-server': {
    name: 'nats-server',
    version: '2.14.2',
    bundle: 'nats-server',
    module: 'github.com/nats-io/nats-server/v2',
    moduleVersion: 'v2.14.2',
    package: '',
    tags: [],
    stamps: { 'github.com/nats-io/nats-server/v2/server.serverVersion': 'v2.14.2' },
    release: {
      repository: 'nats-io/nats-server',
      tag: 'v2.14.2',
      archive: ({ os, arch }) => `nats-server-v2.14.2-${os}-${arch}`,
      checksums: 'SHA256SUMS',
    },
    webUiFromSource: true,
  },
  'prometheus-nats-exporter': {
    name: 'prometheus-nats-exporter',
    version: '0.20.1',
    bundle: 'prometheus-nats-exporter',
    module: 'github.com/nats-io/prometheus-nats-exporter',
    moduleVersion: 'v0.20.1',
    package: '',
    tags: [],
    stamps: { 'main.version': '0.20.1' },
    release: {
      repository: 'nats-io/prometheus-nats-exporter',
      tag: 'v0.20.1',
      archive: ({ os, arch }) =>
        `prometheus-nats-exporter-v0.20.1-${os}-${arch === 'amd64' ? 'x86_64' : arch}`,
      checksums: 'checksums.txt',
    },
    webUiFromSource: true,
  },
};
