import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Enums, Models } from '@cyclonedx/cyclonedx-library';
import { buildFunctions } from '../../../functions/build.ts';
import { packageFolder } from '../../../functions/third-party-notices.ts';
import type { Lock } from '../lock/read-lock.ts';
import { manifest, root } from '../project.ts';
import { addProperty, dependOn, imageComponent, ownComponent, packageComponent } from './components.ts';
import { readImages } from './dockerfile.ts';
import type { Subject } from './document.ts';

export interface BundleContents {
  /** Path below dist/functions, such as `usdt-exporter/server.cjs`. */
  readonly file: string;
  readonly sha256: string;
  /** Folders of the packages, as in package-lock.json. */
  readonly packages: readonly string[];
}

export async function bundleContents(): Promise<readonly BundleContents[]> {
  const outdir = mkdtempSync(join(tmpdir(), 'sbom-'));
  try {
    const built = await buildFunctions({ outdir });
    return built.map(({ path, contents }) => ({
      file: relative(outdir, path),
      sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
      packages: [...new Set(contents.flatMap((input) => packageFolder(input) ?? []))].sort(),
    }));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** @throws Error if package-lock.json does not list a package of a bundle */
export function functionsSubject(lock: Lock, bundles: readonly BundleContents[]): Subject {
  const packages = new Map<string, Models.Component>();
  const ofBundles = bundles.map(({ file, sha256, packages: folders }) => {
    const bundle = new Models.Component(Enums.ComponentType.File, file, {
      bomRef: file,
      version: manifest.version,
    });
    bundle.hashes.set(Enums.HashAlgorithm['SHA-256'], sha256);
    const parts = folders.map((folder) => {
      const found = lock.packages.get(folder);
      if (!found)
        throw new Error(
          `The bundle ${file} contains the package ${folder}, but ${lock.file} does not list this package. Run npm ci, then run npm run sbom again.`,
        );
      const component = packageComponent(found);
      const known = packages.get(component.bomRef.value ?? '') ?? component;
      packages.set(known.bomRef.value ?? '', known);
      return known;
    });
    dependOn(bundle, parts);
    return bundle;
  });
  const { base, build, images } = readImages(readFileSync(join(root, 'functions/Dockerfile'), 'utf8'));
  const baseImage = imageComponent(base);
  addProperty(baseImage, 'use', 'base of the images of the functions');
  const buildImage = imageComponent(build);
  buildImage.scope = Enums.ComponentScope.Excluded;
  addProperty(buildImage, 'use', 'image that builds the bundles of the functions');
  const ofImages = images.map(({ name, files }) => {
    const image = ownComponent(name, manifest.version, manifest.license);
    image.type = Enums.ComponentType.Container;
    dependOn(image, [baseImage, ...ofBundles.filter((bundle) => files.includes(bundle.name))]);
    return image;
  });
  return {
    file: 'functions',
    description: 'The bundles of the functions for every host, and the container images of the functions.',
    top: [...ofImages, ...ofBundles],
    below: [baseImage, buildImage, ...packages.values()],
  };
}
