import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { charts } from '../../config/charts.ts';
import { type Program, programs } from '../../toolchain/index.ts';
import { bundlesFolder, recipeOf } from '../../toolchain/recipe.ts';

const table: readonly Program[] = Object.values(programs);
const read = (program: Program, file: string) =>
  readFileSync(join(bundlesFolder, program.bundle, file), 'utf8');

describe.each(table)('the Go module that builds $name', (program) => {
  it('requires exactly the version in toolchain/programs.ts', () => {
    const required = [
      ...read(program, 'go.mod').matchAll(/^(?:require )?\s*(\S+) (v\S+)(?: \/\/ indirect)?$/gm),
    ];
    const version = required.find(([, module]) => module === program.module)?.[2];
    expect(version).toBe(program.moduleVersion);
  });

  it('lists the program as a tool', () => {
    const target = [program.module, ...(program.package ? [program.package] : [])].join('/');
    expect(read(program, 'go.mod')).toMatch(new RegExp(`^(tool |\\t)${target}$`, 'm'));
  });

  it('has a checksum of the source code', () => {
    expect(read(program, 'go.sum')).toContain(`${program.module} ${program.moduleVersion} h1:`);
  });

  it('sets the version of the program at link time', () => {
    expect(Object.values(program.stamps).map((stamp) => stamp.replace(/^v/, ''))).toEqual([program.version]);
  });
});

describe('the table of programs', () => {
  it('has an entry for every folder with a Go module', () => {
    expect([...new Set(table.map(({ bundle }) => bundle))].sort()).toEqual(readdirSync(bundlesFolder).sort());
  });

  it('has the versions that the charts deploy', () => {
    const images = Object.values(charts).flatMap((chart) => Object.values(chart.images));
    const deployed = (repository: string) =>
      images
        .find((image) => image.repository === repository)
        ?.tag.replace(/^v/, '')
        .replace(/-.*$/, '');
    const { gitleaks: _noChart, ...inCharts } = programs;
    expect(Object.fromEntries(Object.values(inCharts).map(({ name, version }) => [name, version]))).toEqual({
      prometheus: deployed('prometheus/prometheus'),
      promtool: deployed('prometheus/prometheus'),
      alertmanager: deployed('prometheus/alertmanager'),
      pushgateway: deployed('prometheus/pushgateway'),
      node_exporter: deployed('prometheus/node-exporter'),
      'nats-server': deployed('library/nats'),
      'prometheus-nats-exporter': deployed('natsio/prometheus-nats-exporter'),
      thanos: deployed('thanos/thanos'),
    });
  });

  it('contains the repository, tag and archive name of each program’s release', () => {
    const archives = (os: 'linux' | 'darwin', arch: string) =>
      table.map(({ release }) => `${release.repository}/${release.tag}/${release.archive({ os, arch })}`);
    expect(archives('linux', 'amd64')).toEqual([
      'prometheus/prometheus/v3.16.0/prometheus-3.16.0.linux-amd64',
      'prometheus/prometheus/v3.16.0/prometheus-3.16.0.linux-amd64',
      'prometheus/alertmanager/v0.35.0/alertmanager-0.35.0.linux-amd64',
      'prometheus/pushgateway/v1.11.3/pushgateway-1.11.3.linux-amd64',
      'prometheus/node_exporter/v1.12.1/node_exporter-1.12.1.linux-amd64',
      'nats-io/nats-server/v2.15.2/nats-server-v2.15.2-linux-amd64',
      'nats-io/prometheus-nats-exporter/v0.20.1/prometheus-nats-exporter-v0.20.1-linux-x86_64',
      'thanos-io/thanos/v0.42.4/thanos-0.42.4.linux-amd64',
      'gitleaks/gitleaks/v8.30.1/gitleaks_8.30.1_linux_x64',
    ]);
    expect(archives('darwin', 'arm64')).toContain(
      'nats-io/prometheus-nats-exporter/v0.20.1/prometheus-nats-exporter-v0.20.1-darwin-arm64',
    );
  });
});

describe('the build of thanos', () => {
  it('sets the build tag slicelabels, because Thanos otherwise panics', () => {
    expect(recipeOf(programs.thanos, { os: 'linux', arch: 'amd64' }).flags).toContain('-tags=slicelabels');
  });

  it('has the same replace directives as the go.mod file of Thanos', () => {
    // Go ignores the replace directives of a dependency.
    const replaced = [...read(programs.thanos, 'go.mod').matchAll(/^\t(\S+) => (\S+) \S+$/gm)];
    expect(replaced.map(([, module]) => module)).toEqual([
      'capnproto.org/go/capnp/v3',
      'github.com/bradfitz/gomemcache',
      'github.com/sercand/kuberesolver/v4',
      'github.com/vimeo/galaxycache',
      'gopkg.in/alecthomas/kingpin.v2',
      'zenhack.net/go/util',
    ]);
  });
});
