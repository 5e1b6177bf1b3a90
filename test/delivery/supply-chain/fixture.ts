import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { onTestFinished } from 'vitest';

export const root = join(import.meta.dirname, '../../..');

/** Writes files into a folder that is deleted after the test. @returns the folder */
export function folderWith(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'supply-chain-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

/** Writes a lock file with these packages. @returns the path of the lock file */
export function lockWith(packages: Readonly<Record<string, object>>): string {
  const dependencies = Object.fromEntries(
    Object.keys(packages).flatMap((path) => {
      const name = path.replace(/^node_modules\//, '');
      return name.includes('node_modules/') ? [] : [[name, '*']];
    }),
  );
  const project = { name: 'project', version: '1.0.0', dependencies };
  const lock = {
    name: 'project',
    version: '1.0.0',
    lockfileVersion: 3,
    packages: { '': project, ...packages },
  };
  return join(folderWith({ 'package.json': project, 'package-lock.json': lock }), 'package-lock.json');
}

/** An integrity hash in the format of npm. No real archive has this hash. */
export const integrity = `sha512-${Buffer.alloc(64, 1).toString('base64')}`;

export const run = (command: string, ...args: readonly string[]) =>
  execa(process.execPath, ['--import', 'tsx', `delivery/supply-chain/${command}/main.ts`, ...args], {
    cwd: root,
    reject: false,
    timeout: 120_000,
  });
