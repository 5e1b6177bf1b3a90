import { lstatSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installAirflow } from '../../../demo/airflow/installation.ts';
import { script, systemCommands, type Workbench, workbench } from '../../toolchain/workbench.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** A machine without uv. A fake Python creates virtual environments with fake scripts. */
function machine(): { readonly bench: Workbench; readonly installs: () => number } {
  const bench = workbench();
  const log = join(bench.root, 'installs');
  writeFileSync(log, '');
  systemCommands(bench, 'mkdir', 'chmod', 'sh');
  const inVenv = `#!/bin/sh\\ncase "$*" in *install*) echo install >> "${log}" ;; esac\\n`;
  script(
    join(bench.bin, 'python3'),
    `case "$1 $2" in
'-c '*) echo 3 12 ;;
'-m venv') mkdir -p "$3/bin"
  printf '${inVenv}' > "$3/bin/python"
  printf '#!/bin/sh\\necho database > "$AIRFLOW_HOME/airflow.db"\\n' > "$3/bin/airflow"
  chmod 755 "$3/bin/python" "$3/bin/airflow" ;;
*) exit 1 ;;
esac`,
  );
  return { bench, installs: () => readFileSync(log, 'utf8').split('\n').length - 1 };
}

const install = ({ env }: Workbench) => installAirflow({ root, env });

describe('an Airflow in the cache', () => {
  it('is not installed again at a second start', async () => {
    const { bench, installs } = machine();
    const first = await install(bench);
    expect(readFileSync(first.database, 'utf8')).toBe('database\n');
    expect(await install(bench)).toEqual(first);
    expect(installs()).toBe(1);
  });

  it('is shared by two concurrent calls of `installAirflow`', async () => {
    const { bench } = machine();
    const [first, second] = await Promise.all([install(bench), install(bench)]);
    expect(second).toEqual(first);
    const folder = dirname(dirname(first.database));
    expect(readdirSync(dirname(folder))).toHaveLength(2);
    expect(lstatSync(folder).isSymbolicLink()).toBe(true);
  });

  it('is installed again if the earlier installation did not finish', async () => {
    const { bench } = machine();
    const folder = dirname(dirname((await install(bench)).database));
    const other = machine();
    const home = dirname(folder).replace(bench.root, other.bench.root);
    const [incomplete, left, recent] = [folder, `${folder}.left`, `${folder}.now`].map((path) =>
      join(home, path.slice(dirname(folder).length)),
    ) as [string, string, string];
    for (const path of [incomplete, left, recent]) mkdirSync(join(path, 'venv'), { recursive: true });
    const yesterday = new Date(Date.now() - 25 * 60 * 60_000);
    utimesSync(left, yesterday, yesterday);
    const installation = await install(other.bench);
    expect(readFileSync(installation.database, 'utf8')).toBe('database\n');
    const names = readdirSync(home).map((name) => join(home, name));
    expect(names).toContain(recent);
    expect(names).not.toContain(left);
  });

  it('leaves no files in the cache if its installation fails', async () => {
    const { bench } = machine();
    script(join(bench.bin, 'python3'), `case "$1" in -c) echo 3 12 ;; *) exit 1 ;; esac`);
    await expect(install(bench)).rejects.toThrowError(/Python cannot create a virtual environment/);
    const parent = join(bench.root, '.cache', 'prometheus-platform', 'airflow');
    expect(process.platform === 'darwin' ? [] : readdirSync(parent)).toEqual([]);
  });
});
