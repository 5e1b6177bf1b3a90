import type { Platform } from './platform.ts';

export type ProgramName =
  | 'prometheus'
  | 'promtool'
  | 'alertmanager'
  | 'pushgateway'
  | 'node_exporter'
  | 'nats-server'
  | 'prometheus-nats-exporter'
  | 'thanos';

export interface Release {
  /** Repository on github.com, as `owner/name`. */
  readonly repository: string;
  readonly tag: string;
  /**
   * Returns the name of the release archive without `.tar.gz`. It is called only for linux and darwin on amd64 and
   * arm64.
   */
  readonly archive: (platform: Platform) => string;
  /** Name of the published checksum file. Its lines are `<sha256>  <archive>`. */
  readonly checksums: string;
}

export interface Program {
  readonly name: ProgramName;
  /** Version that the program reports. The charts of the cluster deploy the same version. */
  readonly version: string;
  /**
   * Name of the folder below `toolchain/programs/`. Programs that share a Go module or a release archive have the same
   * folder.
   */
  readonly bundle: string;
  readonly module: string;
  readonly moduleVersion: string;
  /** Path of the main package relative to the module. */
  readonly package: string;
  readonly tags: readonly string[];
  /** Go variables that the linker sets. Without these variables, a program reports no version, or "0.0.0". */
  readonly stamps: Readonly<Record<string, string>>;
  readonly release: Release;
  /** Whether the Go module contains the web UI. Some projects publish the web UI only in their releases. */
  readonly webUiFromSource: boolean;
  /**
   * Whether the program is obtained only for a caller that names it. If false, every call obtains the program.
   * @default false
   */
  readonly onDemand?: boolean;
}

// renovate: prometheus/prometheus
const prometheusVersion = '3.16.0';
// renovate: nats-io/nats-server
const natsServerVersion = '2.15.2';
// renovate: nats-io/prometheus-nats-exporter
const natsExporterVersion = '0.20.1';
// renovate: thanos-io/thanos
const thanosVersion = '0.42.4';

/**
 * A program of the Prometheus organisation. All repositories of this organisation use the tool `promu`. Therefore their
 * names, linker flags and releases have the same form.
 * The build leaves out promu's tag `netgo`. With CGO_ENABLED=0, this tag changes only the cache key of the package
 * `net` and of the packages that use `net`. With the tag, the NATS programs could not use the same compiled packages
 * (20 s of compile time).
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

// The Go module of Prometheus 3 has the version v0.3xx. The tag `remove_all_sd` leaves out the clients of two dozen
// clouds. They are half of the build, and a laptop does not need them. File, HTTP and static discovery are always
// included.
const prometheusModule = {
  // renovate: github.com/prometheus/prometheus
  moduleVersion: 'v0.316.0',
  tags: ['remove_all_sd'],
};

/**
 * The programs with their pinned versions, which are the versions that the charts of the cluster deploy. To change a
 * version:
 *
 * 1. Edit it here, and set the same tag in config/charts.ts.
 * 2. Reduce the go.mod of its bundle to `module` and upstream's `go` and `replace` lines. Without a `go` line, the next
 *    command writes the Go release of this machine.
 * 3. Run `GOFLAGS=-mod=mod go get -tool <package>@<version>` in the bundle. It writes the versions that upstream has
 *    pinned.
 * 4. Delete go.sum, and run `GOFLAGS=-mod=mod go list -deps -tags=<tags> <package>`. It writes only the checksums of
 *    the modules in use; the command before it writes up to four times as many lines.
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
    ...promu('alertmanager', 'alertmanager', '0.35.0'),
    package: 'cmd/alertmanager',
    webUiFromSource: false,
  },
  pushgateway: { ...promu('pushgateway', 'pushgateway', '1.11.3'), package: '', webUiFromSource: true },
  node_exporter: { ...promu('node_exporter', 'node_exporter', '1.12.1'), package: '', webUiFromSource: true },
  'nats-server': {
    name: 'nats-server',
    version: natsServerVersion,
    bundle: 'nats-server',
    module: 'github.com/nats-io/nats-server/v2',
    moduleVersion: `v${natsServerVersion}`,
    package: '',
    tags: [],
    stamps: { 'github.com/nats-io/nats-server/v2/server.serverVersion': `v${natsServerVersion}` },
    release: {
      repository: 'nats-io/nats-server',
      tag: `v${natsServerVersion}`,
      archive: ({ os, arch }) => `nats-server-v${natsServerVersion}-${os}-${arch}`,
      checksums: 'SHA256SUMS',
    },
    webUiFromSource: true,
  },
  'prometheus-nats-exporter': {
    name: 'prometheus-nats-exporter',
    version: natsExporterVersion,
    bundle: 'prometheus-nats-exporter',
    module: 'github.com/nats-io/prometheus-nats-exporter',
    moduleVersion: `v${natsExporterVersion}`,
    package: '',
    tags: [],
    stamps: { 'main.version': natsExporterVersion },
    release: {
      repository: 'nats-io/prometheus-nats-exporter',
      tag: `v${natsExporterVersion}`,
      archive: ({ os, arch }) =>
        `prometheus-nats-exporter-v${natsExporterVersion}-${os}-${arch === 'amd64' ? 'x86_64' : arch}`,
      checksums: 'checksums.txt',
    },
    webUiFromSource: true,
  },
  thanos: {
    name: 'thanos',
    version: thanosVersion,
    bundle: 'thanos',
    module: 'github.com/thanos-io/thanos',
    moduleVersion: `v${thanosVersion}`,
    package: 'cmd/thanos',
    // Without this tag, the program compiles, but panics at the first gRPC call.
    tags: ['slicelabels'],
    stamps: { 'github.com/prometheus/common/version.Version': thanosVersion },
    release: {
      repository: 'thanos-io/thanos',
      tag: `v${thanosVersion}`,
      archive: ({ os, arch }) => `thanos-${thanosVersion}.${os}-${arch}`,
      checksums: 'sha256sums.txt',
    },
    webUiFromSource: true,
    // The build of this program takes as much processor time as the builds of all other programs together.
    onDemand: true,
  },
};
