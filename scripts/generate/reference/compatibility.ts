import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChartPin, charts } from '../../../config/charts.ts';
import * as environments from '../../../config/environments/index.ts';
import { providerVersions, terraformVersion } from '../../../config/terraform.ts';
import { programs } from '../../../toolchain/programs.ts';
import { neededGo } from '../../../toolchain/remedy.ts';
import type { Generated } from '../region.ts';
import { code, generatedNotice, table } from '../table.ts';

const root = join(import.meta.dirname, '../../..');
const bundles = join(root, 'toolchain/programs');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly engines: { readonly node: string };
};

/** A tested combination of versions, and the command that repeats the test. */
interface Run {
  readonly what: string;
  readonly on: string;
  readonly by: string;
}

const runs: readonly Run[] = [
  {
    what: 'laptop pipeline, all unit and live tests',
    on: 'Debian 12, x86-64, Node 20.20, Go 1.26',
    by: '`npm test`',
  },
  {
    what: 'laptop pipeline with Thanos: verify, an alert, a killed receiver',
    on: 'Debian 12, x86-64, Node 20.20, Go 1.26',
    by: '`npm run test:engine`',
  },
  {
    what: 'synthesis of every environment',
    on: 'cdktf 0.21.0 and cdktn 0.24.0: the same stacks',
    by: '`npm run check:cdktn`',
  },
  {
    what: 'the DAGs',
    on: 'Airflow 3.2.2 on Python 3.11',
    by: '`npm run test:airflow`',
  },
  {
    what: 'remote-write listener',
    on: 'Caddy, a real agent and a real Prometheus on one machine',
    by: '`npm run test:receiver`',
  },
  {
    what: 'stacks of `local`: deploy, a second plan without changes, `npm run verify`, destroy',
    on: 'Kubernetes 1.34.4 with one node, Terraform 1.11.4',
    by: "`npx cdktf deploy 'local-*'`",
  },
  {
    what: 'objects of the functions',
    on: 'Kubernetes 1.34.4 with one node',
    by: '`npm run test:cluster`',
  },
];

const newerThanCharts = Object.values(charts)
  .flatMap(({ images }: ChartPin) => Object.values(images))
  .filter(({ chartTag }) => chartTag !== undefined)
  .map(({ repository, tag, chartTag }) => `${repository} ${tag} (${chartTag} was run)`);

/** Versions and systems that were not tested completely, or not tested at all. */
const notRun: readonly string[] = [
  `These images in a cluster, which are newer than their charts: ${newerThanCharts.join(', ')}. The laptop pipeline runs these versions.`,
  'Grafana in a cluster: the test cluster could not pull the image of Grafana. The dashboards are tested with the data of the laptop pipeline.',
  'A cluster with several nodes, a load balancer or an ingress.',
  'Azure: no subscription was used. `npm run test:plans` planned and applied the stacks with a Terraform mock of the provider azurerm.',
  'GKE and EKS: the stacks are those of `local` with another context.',
  'macOS: the tests run the code for `ps` and `lsof` on Linux only.',
  'Windows: the laptop pipeline needs WSL.',
];

function kubernetesVersions(): string {
  const versions = Object.values(environments).flatMap(({ platform }) =>
    'cluster' in platform ? [platform.cluster.kubernetesVersion] : [],
  );
  return [...new Set(versions)].join(', ');
}

function text(): string {
  const pins: readonly ChartPin[] = Object.values(charts);
  return `${[
    generatedNotice,
    '# Compatibility\n\nThe versions that the project pins, and what was really run with them.',
    `## Tools\n\n${table(
      ['tool', 'version', 'declared in'],
      [
        ['Node.js', manifest.engines.node, code('package.json')],
        ['Terraform', terraformVersion, code('config/terraform.ts')],
        ...Object.entries(providerVersions).map(([name, version]) => [
          `provider ${name}`,
          version,
          code('config/terraform.ts'),
        ]),
        ['Kubernetes on AKS', kubernetesVersions(), code('config/environments/')],
        ['Go, to compile a program', neededGo(bundles).replace(/ \(.*/, ''), code('toolchain/programs/')],
      ],
    )}`,
    `## Charts\n\n${table(
      ['chart', 'chart version', 'program version', 'repository'],
      pins.map(({ chart, version, appVersion, repository }) => [chart, version, appVersion, repository]),
    )}`,
    `## Images\n\n${table(
      ['image', 'tag', 'chart'],
      pins.flatMap(({ chart, images }) =>
        Object.values(images).map(({ registry, repository, tag }) => [
          `${registry}/${repository}`,
          tag,
          chart,
        ]),
      ),
    )}`,
    `## Programs of the laptop pipeline\n\n${table(
      ['program', 'version', 'Go module'],
      Object.values(programs).map(({ name, version, module, moduleVersion }) => [
        name,
        version,
        `${module} ${moduleVersion}`,
      ]),
    )}`,
    `## What was run\n\n${table(
      ['what', 'on', 'by'],
      runs.map(({ what, on, by }) => [what, on, by]),
    )}`,
    `## What was not run\n\n${notRun.map((line) => `- ${line}`).join('\n')}`,
  ].join('\n\n')}\n`;
}

export const compatibilityReference: Generated = { file: 'docs/reference/compatibility.md', text };
