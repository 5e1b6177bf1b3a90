import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import which from 'which';

export interface GrafanaProgram {
  readonly path: string;
  readonly args: readonly string[];
  /** Folder with `conf/defaults.ini` and the web pages. */
  readonly home: string;
}

const names: readonly (readonly [name: string, args: readonly string[]])[] = [
  ['grafana', ['server']],
  ['grafana-server', []],
];

const homes = ['..', '../share/grafana'];

/** A `grafana` on PATH that cannot run, because its home folder is missing. */
export interface UnusableGrafana {
  readonly problem: string;
}

/**
 * Searches PATH for Grafana, and runs no program.
 * @returns undefined if PATH has no Grafana
 */
export function findGrafana(path: string | undefined): GrafanaProgram | UnusableGrafana | undefined {
  // A relative entry of PATH is ignored, because it depends on the working directory.
  const folders = (path ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  if (folders.length === 0) return undefined;
  for (const [name, args] of names) {
    const found = which.sync(name, { path: folders.join(delimiter), nothrow: true });
    if (!found) continue;
    const bin = dirname(realpathSync(found));
    const candidates = homes.map((home) => join(bin, home));
    const home = candidates.find((candidate) => existsSync(join(candidate, 'conf', 'defaults.ini')));
    if (home) return { path: found, args, home };
    return {
      problem: `Grafana is not started: the file conf/defaults.ini of the program ${found} is missing. Expected the file in one of the folders ${candidates.join(', ')}. Install Grafana from a package or an archive, or remove the program from PATH.`,
    };
  }
  return undefined;
}
