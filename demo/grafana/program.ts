import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import which from 'which';

/** A Grafana on PATH. */
export interface GrafanaProgram {
  readonly path: string;
  /** Arguments with which the program runs as a server. */
  readonly args: readonly string[];
  /** Folder with `conf/defaults.ini` and the web pages. */
  readonly home: string;
}

/**
 * Names and arguments of the program. The first name is for Grafana 9.4 and newer. The second name is for older
 * versions.
 */
const names: readonly (readonly [name: string, args: readonly string[]])[] = [
  ['grafana', ['server']],
  ['grafana-server', []],
];

/**
 * Relative paths from the folder of the program to Grafana's home. The first path fits the archive. The second path
 * fits the packages of Debian, Homebrew and Nix.
 */
const homes = ['..', '../share/grafana'];
/** Home of Grafana in the Debian and RPM packages. In these packages, the program on PATH is a script. */
const systemHome = '/usr/share/grafana';

/** A `grafana` on PATH that cannot run, because its home folder is missing. */
export interface UnusableGrafana {
  readonly problem: string;
}

/**
 * Finds the first Grafana on PATH. The search runs no program.
 * @returns undefined if PATH has no Grafana
 */
export function findGrafana(
  path: string | undefined,
  extraHomes: readonly string[] = [systemHome],
): GrafanaProgram | UnusableGrafana | undefined {
  // A relative entry of PATH means a different folder in each working directory. Programs in such folders are never
  // used.
  const folders = (path ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  if (folders.length === 0) return undefined;
  for (const [name, args] of names) {
    const found = which.sync(name, { path: folders.join(delimiter), nothrow: true });
    if (!found) continue;
    const bin = dirname(realpathSync(found));
    const candidates = [...homes.map((home) => join(bin, home)), ...extraHomes];
    const home = candidates.find((candidate) => existsSync(join(candidate, 'conf', 'defaults.ini')));
    if (home) return { path: found, args, home };
    return {
      problem: `Grafana is not started: ${found} has no file conf/defaults.ini in ${candidates.join(', ')}. Install Grafana from a package or an archive, or remove the program from PATH.`,
    };
  }
  return undefined;
}
