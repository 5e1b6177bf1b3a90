import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import which from 'which';

/** A Grafana on PATH. */
export interface GrafanaProgram {
  readonly path: string;
  /** Arguments that start the server. */
  readonly args: readonly string[];
  /** Folder with `conf/defaults.ini` and the web pages. */
  readonly home: string;
}

/** Program name and arguments: first for Grafana 9.4 and newer, then for older versions. */
const names: readonly (readonly [name: string, args: readonly string[]])[] = [
  ['grafana', ['server']],
  ['grafana-server', []],
];

/**
 * Paths from the folder of the program to the home folder of Grafana: first in the release archive, then in the
 * packages of Debian, Homebrew and Nix.
 */
const homes = ['..', '../share/grafana'];
/** Home of Grafana in the Debian and RPM packages. Their program on PATH is a script. */
const systemHome = '/usr/share/grafana';

/** A `grafana` on PATH without its home folder. It cannot run. */
export interface UnusableGrafana {
  readonly problem: string;
}

/**
 * The first Grafana on PATH. No program is run.
 * @returns undefined without Grafana on PATH
 */
export function findGrafana(
  path: string | undefined,
  extraHomes: readonly string[] = [systemHome],
): GrafanaProgram | UnusableGrafana | undefined {
  // Relative entries of PATH are never used, because their folder depends on the working directory.
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
