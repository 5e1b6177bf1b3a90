import { execa } from 'execa';
import { ToolchainError } from '../../toolchain/index.ts';

/** Oldest and newest minor version of Python 3 that the pinned Airflow supports. */
const oldest = 10;
const newest = 14;

const candidates = [
  'python3',
  ...Array.from({ length: newest - oldest + 1 }, (_, i) => `python3.${newest - i}`),
];
const ask = 'import sys; print(*sys.version_info[:2])';

/**
 * The first supported Python interpreter on PATH.
 * @throws ToolchainError without such an interpreter
 */
export async function findPython(env: NodeJS.ProcessEnv): Promise<string> {
  const others: string[] = [];
  for (const command of candidates) {
    const minor = await minorVersion(command, env);
    if (minor === undefined) continue;
    if (minor >= oldest && minor <= newest) return command;
    others.push(`${command} with the version 3.${minor}`);
  }
  throw new ToolchainError(
    `Airflow needs Python 3.${oldest} to 3.${newest}. Found on PATH: ${others.join(', ') || 'no python3 that works'}.`,
    'Install a supported Python (Debian: apt install python3 python3-venv), then run the command again.',
  );
}

async function minorVersion(command: string, env: NodeJS.ProcessEnv): Promise<number | undefined> {
  const { stdout, failed } = await execa(command, ['-c', ask], {
    env,
    extendEnv: false,
    reject: false,
    timeout: 20_000,
  });
  const [major, minor] = (stdout ?? '').split(' ').map(Number);
  return failed || major !== 3 ? undefined : minor;
}
