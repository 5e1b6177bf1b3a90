import type { Lock, LockedPackage } from './read-lock.ts';
import { requiredBy } from './requirements.ts';

interface Problem {
  readonly what: string;
  readonly remedy: string;
  readonly applies: (found: LockedPackage, decided: ReadonlySet<string>) => boolean;
}

const problems: readonly Problem[] = [
  {
    what: 'the lock file has no integrity hash of the package, therefore npm cannot detect a changed archive',
    remedy: 'Install the package from a registry, and write the lock file again',
    applies: ({ bundled, linked, integrity }) => !bundled && !linked && integrity === undefined,
  },
  {
    what: 'the lock file marks the package as bundled, but the path of the package is not inside another package',
    remedy: 'Delete the entry and write the lock file again with npm install --package-lock-only',
    applies: ({ bundled, path }) => bundled && path.split('node_modules/').length < 3,
  },
  {
    what: 'the lock file names an address of the archive, therefore the archive can come from any server',
    remedy:
      'Install the package from a registry. The setting omit-lockfile-registry-resolved in .npmrc omits its address',
    applies: ({ address, linked }) => !linked && address !== undefined,
  },
  {
    what: 'the package is a link to a folder, and no integrity hash protects the folder',
    remedy: 'Install the package from a registry',
    applies: ({ linked }) => linked,
  },
  {
    what: 'the integrity hash is weaker than SHA-512',
    remedy: 'Delete the entry and write the lock file again with npm install --package-lock-only',
    applies: ({ integrity }) => integrity !== undefined && !/(?:^|\s)sha512-/.test(integrity),
  },
  {
    what: 'the package has an install script, and allowScripts in package.json has no decision for it',
    remedy: 'Read the script, then run npm approve-scripts or npm deny-scripts with the name of the package',
    applies: ({ name, installScript }, decided) => installScript && !decided.has(name),
  },
  {
    what: 'the author has deprecated the version',
    remedy: 'Replace the package, or update the package that requires it',
    applies: ({ deprecated }) => deprecated !== undefined,
  },
];

/**
 * Returns a line for each problem.
 * @param decided names in `allowScripts` of package.json
 */
export function lockProblems(lock: Lock, decided: ReadonlySet<string>): readonly string[] {
  return [...lock.packages.values()].flatMap((found) =>
    problems
      .filter(({ applies }) => applies(found, decided))
      .map(
        ({ what, remedy }) =>
          `${found.name} ${found.version} (${found.path}, ${requiredBy(lock, found)}): ${what}. ${remedy}.`,
      ),
  );
}
