import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { CouldNotRun } from '../../could-not-run.ts';

export interface LockedPackage {
  /** Folder of the package below the project, such as `node_modules/a/node_modules/b`. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly development: boolean;
  /** The licence that the package declares: an SPDX expression, or a text of its author. */
  readonly licence?: string | undefined;
  /** Hash of the archive, such as `sha512-…`. */
  readonly integrity?: string | undefined;
  /** Whether the package is inside the archive of another package. A bundled package has no `integrity`. */
  readonly bundled: boolean;
  /** Address of the archive. Undefined for a package from the npm registry. */
  readonly address?: string | undefined;
  readonly linked: boolean;
  readonly installScript: boolean;
  /** The message of the author, if the version is deprecated. */
  readonly deprecated?: string | undefined;
  /** Names of the packages that this package depends on, also as optional or peer dependencies. */
  readonly requires: readonly string[];
}

export interface Lock {
  readonly file: string;
  readonly packages: ReadonlyMap<string, LockedPackage>;
  /** Names of the dependencies in package.json. */
  readonly direct: readonly string[];
}

const names = z.record(z.string(), z.string()).optional();
const entrySchema = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  license: z.string().optional(),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  deprecated: z.string().optional(),
  dev: z.boolean().optional(),
  inBundle: z.boolean().optional(),
  link: z.boolean().optional(),
  hasInstallScript: z.boolean().optional(),
  dependencies: names,
  devDependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
});
type Entry = z.infer<typeof entrySchema>;
const schema = z.object({
  lockfileVersion: z.union([z.literal(2), z.literal(3)]),
  packages: z.record(z.string(), entrySchema),
});

/**
 * Reads a package-lock.json.
 * @throws CouldNotRun
 */
export function readLock(file: string): Lock {
  const packages = parse(file);
  const root = packages[''] ?? {};
  return {
    file,
    packages: new Map(
      Object.entries(packages)
        .filter(([path]) => path !== '')
        .map(([path, entry]) => [path, lockedPackage(file, path, entry)]),
    ),
    direct: [...required(root), ...Object.keys(root.devDependencies ?? {})],
  };
}

function parse(file: string): z.infer<typeof schema>['packages'] {
  const remedy =
    'Write the file again with npm install --package-lock-only. If the command line contains --lock, name a package-lock.json there.';
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CouldNotRun(`${file}: the lock file cannot be read (${code}). ${remedy}`);
  }
  try {
    return schema.parse(JSON.parse(text)).packages;
  } catch (error) {
    const reason =
      error instanceof z.ZodError ? z.prettifyError(error).replaceAll('\n', ' ') : (error as Error).message;
    throw new CouldNotRun(
      `${file}: expected a lock file of npm with lockfileVersion 2 or 3, got ${reason}. ${remedy}`,
    );
  }
}

function lockedPackage(file: string, path: string, entry: Entry): LockedPackage {
  const { link: linked = false, name = path.split('node_modules/').at(-1) ?? path } = entry;
  const version = entry.version ?? (linked ? 'link' : undefined);
  if (version === undefined) {
    throw new CouldNotRun(
      `${file}: ${path} has no version. If the project contains the source code of this package, first set the version in the package.json of this package. Then write the lock file again with npm install --package-lock-only.`,
    );
  }
  return {
    path,
    name,
    version,
    development: entry.dev ?? false,
    licence: entry.license,
    integrity: entry.integrity,
    bundled: entry.inBundle ?? false,
    address: entry.resolved,
    linked,
    installScript: entry.hasInstallScript ?? false,
    deprecated: entry.deprecated,
    requires: required(entry),
  };
}

const required = ({ dependencies, optionalDependencies, peerDependencies }: Entry): readonly string[] =>
  Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
