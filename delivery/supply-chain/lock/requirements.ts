import type { Lock, LockedPackage } from './read-lock.ts';

/** The packages that a package needs. Optional packages can be missing. */
export function requirementsOf(lock: Lock, { path, requires }: LockedPackage): readonly LockedPackage[] {
  return requires.flatMap((name) => resolve(lock, path, name) ?? []);
}

/** Finds a package as Node.js does: in the folder of the importing package, then in each folder above. */
function resolve({ packages }: Lock, from: string, name: string): LockedPackage | undefined {
  const folders = `/${from}`.split('/node_modules/');
  for (let depth = folders.length; depth > 0; depth -= 1) {
    const found = packages.get([...folders.slice(0, depth), name].join('/node_modules/').slice(1));
    if (found) return found;
  }
  return undefined;
}

/** Text such as `required by a 1.0.0, b 2.1.0`. */
export function requiredBy(lock: Lock, { path, name }: LockedPackage): string {
  const requirers = [...lock.packages.values()].filter((other) =>
    requirementsOf(lock, other).some((found) => found.path === path),
  );
  const direct = path === `node_modules/${name}` && lock.direct.includes(name);
  const list = [
    ...(direct ? ['package.json'] : []),
    ...requirers.map((other) => `${other.name} ${other.version}`),
  ];
  const shown = list.slice(0, 3).join(', ');
  return `required by ${list.length > 3 ? `${shown} and ${list.length - 3} more` : shown || 'no package'}`;
}
