import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ChildResult, runChild, ToolchainError, userCache } from '../../toolchain/index.ts';
import { findPython } from './python.ts';

export interface AirflowInstallation {
  readonly version: string;
  readonly key: string;
  readonly python: string;
  readonly airflow: string;
  /** Path of an empty database. A copy avoids `airflow db migrate`, which needs 10 s of processor time. */
  readonly database: string;
}

export interface InstallOptions {
  readonly root: string;
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  /** Receives a sentence about the current step. A long step repeats its sentence. */
  readonly onProgress?: (sentence: string) => void;
}

const installDeadlineMs = 20 * 60_000;
const migrateDeadlineMs = 5 * 60_000;
const reportMs = 10_000;
const abandonedAfterMs = 24 * 60 * 60_000;

/**
 * Installs the pinned Airflow with uv, or with pip if uv fails.
 * @throws ToolchainError
 */
export async function installAirflow(options: InstallOptions): Promise<AirflowInstallation> {
  const { root, env = process.env, signal, onProgress } = options;
  const requirements = join(root, 'dags', 'requirements.txt');
  const text = readFileSync(requirements, 'utf8');
  const version = /^apache-airflow-core==(\S+)/m.exec(text)?.[1] ?? 'unknown';
  const kind = `${process.platform} ${process.arch}`;
  const key = `${version}-${createHash('sha256').update(`${text}${kind}`).digest('hex').slice(0, 12)}`;
  const folder = join(userCache(env), 'prometheus-platform', 'airflow', key);
  const bin = join(folder, 'venv', 'bin');
  const installation = {
    version,
    key,
    python: join(bin, 'python'),
    airflow: join(bin, 'airflow'),
    database: join(folder, 'template', 'airflow.db'),
  };
  // `python` is a link to the system's Python. The user can remove the system's Python.
  const isThere = () => existsSync(join(folder, 'complete')) && existsSync(installation.python);
  if (isThere()) return installation;

  const say = (sentence: string) => onProgress?.(`Airflow ${version}: ${sentence}`);
  await mkdir(dirname(folder), { recursive: true });
  await removeAbandoned(folder);
  // A moved virtual environment does not work. Therefore `folder` is a symbolic link.
  const own = await mkdtemp(`${folder}.`);
  try {
    const install = new Installer({ root, folder: own, requirements, env, signal, say });
    await install.packages(await findPython(env));
    await install.database(join(own, 'venv', 'bin', 'airflow'));
    await writeFile(join(own, 'complete'), '');
    await publish(own, folder, isThere);
  } catch (error) {
    await rm(own, { recursive: true, force: true });
    throw error;
  }
  say('installed');
  return installation;
}

/** Removes incomplete installations after a day. A killed process leaves such an installation. */
async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(dirname(folder))) {
    const path = join(dirname(folder), name);
    if (!path.startsWith(`${folder}.`) || existsSync(join(path, 'complete'))) continue;
    const age = Date.now() - (lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > abandonedAfterMs) await rm(path, { recursive: true, force: true });
  }
}

async function publish(own: string, folder: string, isThere: () => boolean): Promise<void> {
  try {
    await symlink(own, folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (isThere()) {
      await rm(own, { recursive: true, force: true });
      return;
    }
    // The existing link leads to a broken installation.
    await rm(folder, { recursive: true, force: true });
    await symlink(own, folder);
  }
}

interface Installing {
  readonly root: string;
  readonly folder: string;
  readonly requirements: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal | undefined;
  readonly say: (sentence: string) => void;
}

class Installer {
  readonly #options: Installing;
  /** The last three lines that the last command printed. */
  #tail: string[] = [];
  #doing = '';

  constructor(options: Installing) {
    this.#options = options;
  }

  async packages(python: string): Promise<void> {
    const { root, folder, requirements } = this.#options;
    const venv = join(folder, 'venv');
    const doing = 'installing its Python packages (190 MB, once)';
    const pip = ['-m', 'pip', '--disable-pip-version-check', '--no-input'];
    const pinned = ['--require-hashes', '--no-deps', '-r'];
    const uv = join(folder, 'uv', 'bin', 'uv');
    const byUv =
      (await this.#runs(doing, python, [
        ...pip,
        ...['install', '--quiet', '--retries', '1', '--target', join(folder, 'uv')],
        ...[...pinned, join(root, 'demo', 'airflow', 'uv.txt')],
      ])) &&
      (await this.#runs(doing, uv, ['venv', '--quiet', '--python', python, venv])) &&
      (await this.#runs(doing, uv, ['pip', 'sync', '--python', venv, '--require-hashes', requirements]));
    if (byUv) return;
    await rm(venv, { recursive: true, force: true });
    if (!(await this.#runs(doing, python, ['-m', 'venv', venv]))) {
      throw this.#failed(
        'Python cannot create a virtual environment',
        'Install its venv module (Debian: apt install python3-venv)',
      );
    }
    const install = [...pip, 'install', '--retries', '2', ...pinned, requirements];
    if (!(await this.#runs(`${doing}, by pip`, join(venv, 'bin', 'python'), install))) {
      throw this.#failed(
        'the Python packages could not be fetched from PyPI',
        'Check the network, or point PIP_INDEX_URL at a mirror',
      );
    }
  }

  async database(airflow: string): Promise<void> {
    const home = join(this.#options.folder, 'template');
    await mkdir(home);
    await writeFile(join(home, 'airflow.cfg'), '');
    const env = { AIRFLOW_HOME: home, AIRFLOW__CORE__LOAD_EXAMPLES: 'False' };
    if (
      !(await this.#runs('creating an empty database', airflow, ['db', 'migrate'], env, migrateDeadlineMs))
    ) {
      throw this.#failed('airflow could not create its database', 'Fix this error of airflow');
    }
  }

  /** @returns whether the exit code is 0 */
  async #runs(
    doing: string,
    command: string,
    args: readonly string[],
    more: NodeJS.ProcessEnv = {},
    deadlineMs = installDeadlineMs,
  ): Promise<boolean> {
    const { env, signal, say } = this.#options;
    const started = Date.now();
    const lines: string[] = [];
    const keepTail = (line: string) => {
      if (lines.push(line.slice(0, 200)) > 3) lines.shift();
    };
    if (doing !== this.#doing) say(doing);
    this.#doing = doing;
    const timer = setInterval(
      () => say(`${doing}, ${((Date.now() - started) / 1000).toFixed(0)} s`),
      reportMs,
    );
    let result: ChildResult;
    try {
      result = await runChild(command, args, {
        env: { ...env, ...more },
        signal,
        deadlineMs,
        onOutput: keepTail,
        onError: keepTail,
      });
    } finally {
      clearInterval(timer);
    }
    signal?.throwIfAborted();
    this.#tail = lines;
    return result.exitCode === 0;
  }

  #failed(what: string, remedy: string): ToolchainError {
    const output = this.#tail.map((line) => `\n  ${line}`).join('');
    return new ToolchainError(
      `Airflow could not be installed: ${what}.${output}`,
      `${remedy}, then run the command again.`,
    );
  }
}
