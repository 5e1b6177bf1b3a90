import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import which from 'which';

/** A Grafana on PATH. */
export interface GrafanaProgram {
  readonly path: string;
  /** The arguments that make the program a server. */
  readonly args: readonly string[];
  /** The folder with `conf/defaults.ini` and the web pages. */
  readonly home: string;
}

/** Names of the program: Grafana 9.4 and newer, and older. */
const names: readonly (readonly [name: string, args: readonly string[]])[] = [
  ['grafana', ['server']],
  ['grafana-server', []],
];

/** Where packages keep the home, from the folder of the program: the archive and Debian, Homebrew and Nix. */
const homes = ['..', '../share/grafana'];
/** The home of the Debian and RPM packages, whose program on PATH is a script. */
const systemHome = '/usr/share/grafana';

/** A `grafana` on PATH without its home, which cannot run. */
export interface UnusableGrafana {
  readonly problem: string;
}

/**
 * The first Grafana on PATH. The search runs no program.
 * @returns undefined if PATH has none
 */
export function findGrafana(
  path: string | undefined,
  extraHomes: readonly string[] = [systemHome],
): GrafanaProgram | UnusableGrafana | undefined {
  // A relative entry names a different program in each working folder; such programs never run.
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
