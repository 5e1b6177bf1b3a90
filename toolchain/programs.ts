import type { Platform } from './platform.ts';

export type ProgramName =
  | 'prometheus'
  | 'promtool'
  | 'alertmanager'
  | 'pushgateway'
  | 'node_exporter'
  | 'nats-server'
  | 'prometheus-nats-exporter'
  | 'thanos'
  | 'gitleaks';

export interface Release {
  /** Repository on github.com, as `owner/name`. */
  readonly repository: string;
  readonly tag: string;
  /** Name of the release archive without `.tar.gz`, for linux and darwin on amd64 and arm64. */
  readonly archive: (platform: Platform) => string;
  /** Name of the published checksum file with lines `<sha256>  <archive>.tar.gz`. */
  readonly checksums: string;
}

export interface Program {
  readonly name: ProgramName;
  readonly version: string;
  /** Folder below `toolchain/programs/`. Programs of the same Go module share a folder. */
  readonly bundle: string;
  readonly module: string;
  readonly moduleVersion: string;
  /** Path of the main package in the module; empty for the root. */
  readonly package: string;
  readonly tags: readonly string[];
  /** Go variables that the linker sets. Without these variables, a program reports no version. */
  readonly stamps: Readonly<Record<string, string>>;
  readonly release: Release;
  /** Whether the Go module contains the web UI. Some projects have the web UI only in their releases. */
  readonly webUiFromSource: boolean;
  /**
   * Whether a program is obtained only if the caller names it.
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
// renovate: gitleaks/gitleaks
const gitleaksVersion = '8.30.1';

/** A program of the Prometheus organisation. */
function promu(name: ProgramName, repository: string, version: string) {
  return {
    name,
    version,
    bundle: repository,
    module: `github.com/prometheus/${repository}`,
    moduleVersion: `v${version}`,
    // The tag `netgo` would add 20 s, because the programs could not share compiled packages.
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

const prometheusModule = {
  // Prometheus 3.16 has the Go module version v0.316.
  // renovate: github.com/prometheus/prometheus
  moduleVersion: 'v0.316.0',
  // The build tag leaves only file, HTTP and static service discovery: 4,900 files instead of 12,800.
  tags: ['remove_all_sd'],
};

/**
 * How to change the version of a program:
 * 1. Edit the version in this file. For Prometheus, also edit `moduleVersion`.
 * 2. In `toolchain/programs/<bundle>/go.mod`, delete all lines except `module`.
 * 3. Copy the lines `go` and `replace` from the upstream go.mod.
 * 4. Run `cd toolchain/programs/<bundle>`.
 * 5. Run `GOFLAGS=-mod=mod go get -tool <importPath>@<moduleVersion>`.
 * 6. Delete go.sum. Step 7 writes a shorter go.sum.
 * 7. Run `GOOS=linux GOFLAGS=-mod=mod go list -deps -tags=<tags> <importPath>`.
 * 8. Repeat step 7 with `GOOS=darwin`, because macOS needs more checksums.
 *
 * `<importPath>` is `<module>/<package>`, or `<module>` if `package` is empty.
 * For Prometheus, steps 5, 7 and 8 need the import paths of prometheus and promtool.
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
    // Without the Go build tag `slicelabels`, Thanos panics at the first gRPC call.
    tags: ['slicelabels'],
    stamps: { 'github.com/prometheus/common/version.Version': thanosVersion },
    release: {
      repository: 'thanos-io/thanos',
      tag: `v${thanosVersion}`,
      archive: ({ os, arch }) => `thanos-${thanosVersion}.${os}-${arch}`,
      checksums: 'sha256sums.txt',
    },
    webUiFromSource: true,
    // `npm start` needs Thanos only with `--engine thanos`.
    onDemand: true,
  },
  gitleaks: {
    name: 'gitleaks',
    version: gitleaksVersion,
    bundle: 'gitleaks',
    // The repository moved to github.com/gitleaks/gitleaks. The module kept its path.
    module: 'github.com/zricethezav/gitleaks/v8',
    moduleVersion: `v${gitleaksVersion}`,
    package: '',
    tags: [],
    stamps: { 'github.com/zricethezav/gitleaks/v8/version.Version': gitleaksVersion },
    release: {
      repository: 'gitleaks/gitleaks',
      tag: `v${gitleaksVersion}`,
      archive: ({ os, arch }) => `gitleaks_${gitleaksVersion}_${os}_${arch === 'amd64' ? 'x64' : arch}`,
      checksums: `gitleaks_${gitleaksVersion}_checksums.txt`,
    },
    webUiFromSource: true,
    // The pipeline does not run this program. Only `npm run secrets:scan` runs it.
    onDemand: true,
  },
};
