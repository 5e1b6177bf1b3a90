import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { charts } from '../../../config/charts.ts';
import { type Lock, readLock } from '../../../delivery/supply-chain/lock/read-lock.ts';
import { lockFile, root } from '../../../delivery/supply-chain/project.ts';
import { imageComponent } from '../../../delivery/supply-chain/sbom/components.ts';
import { readImages } from '../../../delivery/supply-chain/sbom/dockerfile.ts';
import { documentOf, type Subject } from '../../../delivery/supply-chain/sbom/document.ts';
import {
  type BundleContents,
  bundleContents,
  functionsSubject,
} from '../../../delivery/supply-chain/sbom/functions.ts';
import { developmentSubject, laptopSubject } from '../../../delivery/supply-chain/sbom/laptop.ts';
import { imageTexts, platformSubject, type StackJson } from '../../../delivery/supply-chain/sbom/platform.ts';
import { packageFolder } from '../../../functions/third-party-notices.ts';
import { programs } from '../../../toolchain/index.ts';
import { run } from './fixture.ts';

const time = new Date('2026-01-02T03:04:05Z');
const schema = z.object({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.literal('1.6'),
  metadata: z.object({ timestamp: z.string(), component: z.object({ name: z.string() }) }),
  components: z.array(
    z.looseObject({
      'bom-ref': z.string().optional(),
      name: z.string(),
      type: z.string(),
      version: z.string().optional(),
      purl: z.string().optional(),
      scope: z.string().optional(),
      licenses: z.array(z.unknown()).optional(),
      hashes: z.array(z.object({ alg: z.string(), content: z.string() })).optional(),
    }),
  ),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()).optional() })),
});
const written = async (subject: Subject) => schema.parse(JSON.parse(await documentOf(subject, time)));

let lock: Lock;
let bundles: readonly BundleContents[];

beforeAll(async () => {
  lock = readLock(lockFile);
  bundles = await bundleContents();
}, 60_000);

describe('the SBOM of the functions', () => {
  it('lists the packages of each bundle separately', async () => {
    const { dependencies } = await written(functionsSubject(lock, bundles));
    const of = (file: string) =>
      dependencies
        .find(({ ref }) => ref === file)
        ?.dependsOn?.map((ref) => ref.replace(/^pkg:npm\/|@[^@]*$/g, ''));
    expect(of('usdt-exporter/server.cjs')).toEqual(
      expect.arrayContaining(['hono', 'prom-client', '%40hono/node-server']),
    );
    expect(of('usdt-exporter/job.cjs')).not.toContain('%40hono/node-server');
    expect(of('usdt-exporter/azure/azure.cjs')).toContain('%40azure/functions');
    expect(of('usdt-exporter/server.cjs')).not.toContain('%40azure/functions');
    expect(of('usdt-exporter/server.cjs')).not.toContain('esbuild');
  });

  it('has the version and the licence of each package', async () => {
    const { components } = await written(functionsSubject(lock, bundles));
    const hono = components.find(({ name }) => name === 'hono');
    const locked = lock.packages.get('node_modules/hono');
    expect(hono).toMatchObject({
      type: 'library',
      version: locked?.version,
      purl: `pkg:npm/hono@${locked?.version}`,
      licenses: [{ license: { id: 'MIT' } }],
    });
    const content = Buffer.from(locked?.integrity?.replace('sha512-', '') ?? '', 'base64').toString('hex');
    expect(hono?.hashes).toEqual([{ alg: 'SHA-512', content }]);
    const libraries = components.filter(({ type }) => type === 'library');
    expect(libraries.filter(({ licenses, hashes, purl }) => !licenses || !hashes || !purl)).toEqual([]);
    expect(components.find(({ name }) => name === 'batch-pusher/server.cjs')?.hashes).toEqual([
      { alg: 'SHA-256', content: bundles.find(({ file }) => file === 'batch-pusher/server.cjs')?.sha256 },
    ]);
  });

  it('has the base image and the bundles of each image', async () => {
    const { components, dependencies } = await written(functionsSubject(lock, bundles));
    const exporter = dependencies.find(({ ref }) => ref.startsWith('usdt-exporter@'));
    expect(exporter?.dependsOn).toEqual([
      'gcr.io/distroless/nodejs24-debian13:nonroot',
      'usdt-exporter/job.cjs',
      'usdt-exporter/server.cjs',
    ]);
    expect(components.find(({ name }) => name === 'node')).toMatchObject({
      scope: 'excluded',
      version: '24-trixie-slim',
    });
  });

  it('does not depend on the order of the bundles', async () => {
    const [first, second] = await Promise.all(
      [bundles, [...bundles].reverse()].map((list) => documentOf(functionsSubject(lock, list), time)),
    );
    expect(second).toBe(first);
  });

  it('is refused if a bundle contains a package outside the lock file', () => {
    const foreign = [{ file: 'a.cjs', sha256: '0'.repeat(64), packages: ['node_modules/foreign'] }];
    expect(() => functionsSubject(lock, foreign)).toThrow('a.cjs contains the package node_modules/foreign');
  });
});

it.each<[file: string, folder: string | undefined]>([
  ['node_modules/hono/dist/hono.js', 'node_modules/hono'],
  ['node_modules/a/node_modules/@b/c/d/e.js', 'node_modules/a/node_modules/@b/c'],
  ['functions/http/app.ts', undefined],
])('the file %s belongs to the npm package in the folder %s', (file, folder) =>
  expect(packageFolder(file)).toBe(folder),
);

describe('the Dockerfile of the functions', () => {
  const text = readFileSync(join(root, 'functions/Dockerfile'), 'utf8');

  it('is parsed into its images and their files', () => {
    expect(readImages(text)).toEqual({
      base: 'gcr.io/distroless/nodejs24-debian13:nonroot',
      build: 'node:24-trixie-slim',
      images: [
        { name: 'usdt-exporter', files: ['usdt-exporter/server.cjs', 'usdt-exporter/job.cjs'] },
        { name: 'batch-pusher', files: ['batch-pusher/server.cjs', 'batch-pusher/job.cjs'] },
      ],
    });
  });

  it.each<[what: string, change: (text: string) => string, problem: string]>([
    ['an image installs packages', (before) => `${before}\nRUN npm ci\n`, 'has an image stage with RUN'],
    [
      'an image copies node_modules',
      (before) => `${before}\nCOPY --from=build /src/node_modules /app/node_modules\n`,
      'has an image stage with RUN, ADD or node_modules',
    ],
    [
      'the base image has no default',
      (before) => before.replace(/^ARG RUNTIME_IMAGE=.*$/m, 'ARG RUNTIME_IMAGE'),
      'has no default of RUNTIME_IMAGE',
    ],
    [
      'no image is declared',
      (before) => before.replaceAll('FROM runtime AS', 'FROM other AS'),
      'has no build stage',
    ],
  ])('is refused by npm run sbom if %s', (_what, change, problem) => {
    expect(() => readImages(change(text))).toThrow(
      new RegExp(`^functions/Dockerfile ${problem}.*\\. Change delivery/supply-chain/sbom/dockerfile\\.ts`),
    );
  });
});

describe('the SBOM of an environment', () => {
  const goldens = join(root, 'test/stacks/goldens');
  const stacksOf = (environment: string): readonly StackJson[] =>
    readdirSync(goldens)
      .filter((file) => file.startsWith(`${environment}-`))
      .map((file) => JSON.parse(readFileSync(join(goldens, file), 'utf8')));

  it('has the installed charts with their images', async () => {
    const { components, dependencies } = await written(platformSubject('local', stacksOf('local')));
    const { version, repository, images } = charts.nats;
    const chart = components.find(({ name }) => name === 'nats');
    expect(chart).toMatchObject({
      version,
      purl: `pkg:helm/nats@${version}?repository_url=${encodeURIComponent(repository)}`,
    });
    const nats = `docker.io/${images.nats.repository}:${images.nats.tag}`;
    expect(dependencies.find(({ ref }) => ref === chart?.['bom-ref'])?.dependsOn).toContain(nats);
    expect(components.find((each) => each['bom-ref'] === nats)?.purl).toBe(
      `pkg:oci/nats?repository_url=${encodeURIComponent(`docker.io/${images.nats.repository}`)}&tag=${images.nats.tag}`,
    );
    expect(components.map((each) => each['bom-ref'])).toEqual(
      expect.arrayContaining([
        'localhost/monitoring/usdt-exporter:1.0.0',
        'localhost/monitoring/batch-pusher:1.0.0',
      ]),
    );
    expect(components.map(({ name }) => name)).not.toContain('airflow');
  });

  it('names the image mirror as the registry of chart images', async () => {
    const { components } = await written(
      platformSubject('local', stacksOf('local'), 'mirror.example.com/public'),
    );
    const ofChart = components.filter(({ name }) => name.endsWith('/kube-state-metrics'));
    expect(ofChart.map(({ name }) => name)).toEqual([
      `mirror.example.com/public/${charts.kubePrometheusStack.images.kubeStateMetrics.repository}`,
    ]);
  });
});

it('the images of a stack include the images in the values of a Helm release', () => {
  const values = JSON.stringify({ a: [{ image: 'quay.io/b/c:1' }], image: { tag: '2' } });
  expect(imageTexts({ release: { values: [values], image: 'localhost:5000/d:3' } })).toEqual([
    'quay.io/b/c:1',
    'localhost:5000/d:3',
  ]);
});

it('an image with a digest has the digest as its version', () => {
  const digest = 'a'.repeat(64);
  const image = imageComponent(`registry.example.com:5000/a/b:1.2@sha256:${digest}`);
  expect([image.name, image.version]).toEqual(['registry.example.com:5000/a/b', `sha256:${digest}`]);
  expect([...image.hashes]).toEqual([['SHA-256', digest]]);
  expect(image.purl).toContain(`pkg:oci/b@sha256:${digest}?`);
});

describe('the SBOM of the laptop pipeline', () => {
  it('has the programs, Go modules and production packages', async () => {
    const { components, dependencies } = await written(laptopSubject(lock));
    for (const { name, version, module, moduleVersion } of Object.values(programs)) {
      const modules = dependencies.find(({ ref }) => ref === `program:${name}@${version}`)?.dependsOn ?? [];
      expect(modules, name).toContain(`pkg:golang/${module}@${moduleVersion}`);
      expect(modules.length, name).toBeGreaterThan(10);
    }
    const production = [...lock.packages.values()].filter(({ development }) => !development);
    const npm = components.filter(({ purl }) => purl?.startsWith('pkg:npm/'));
    expect(npm).toHaveLength(new Set(production.map(({ name, version }) => `${name}@${version}`)).size);
  });

  it('has no development packages', async () => {
    const names = async (subject: Subject) => (await written(subject)).components.map(({ purl }) => purl);
    const vitest = `pkg:npm/vitest@${lock.packages.get('node_modules/vitest')?.version}`;
    expect(await names(laptopSubject(lock))).not.toContain(vitest);
    expect(await names(developmentSubject(lock))).toContain(vitest);
  });
});

it('an SBOM that does not match the official schema is refused', async () => {
  const component = imageComponent('c/d:1');
  component.name = 7 as never;
  await expect(
    documentOf({ file: 'a', description: 'b', top: [component], below: [] }, time),
  ).rejects.toThrow(/^a: the document does not match the schema of CycloneDX 1\.6/);
});

it('npm run sbom ends with exit code 2 if the documents cannot be written', { timeout: 60_000 }, async () => {
  const { exitCode, stderr } = await run('sbom', '--out', join(lockFile, 'folder'));
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(
    /^\S+package-lock\.json\/folder: the documents cannot be written \(ENOTDIR\)\. Use --out to name a folder .*\.$/,
  );
});
