import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A lock file in `locks/` has the name of its stack and this suffix. */
export const lockSuffix = '.terraform.lock.hcl';

/** A lock file that does not fit its stack. */
export class LockError extends Error {}

/**
 * Copies the lock files to the synthesized stacks. Terraform then accepts only the locked packages.
 * @param {string} locks
 * @param {string} outdir
 * @throws {LockError} if a lock file lacks the provider version of its stack
 */
export function copyLocks(locks, outdir) {
  if (!existsSync(locks)) return;
  for (const file of readdirSync(locks).filter((name) => name.endsWith(lockSuffix))) {
    const stack = file.slice(0, -lockSuffix.length);
    const folder = join(outdir, 'stacks', stack);
    const configuration = join(folder, 'cdk.tf.json');
    if (!existsSync(configuration)) continue;
    const { terraform } = JSON.parse(readFileSync(configuration, 'utf8'));
    const locked = lockedVersions(readFileSync(join(locks, file), 'utf8'));
    for (const [name, { version }] of Object.entries(terraform.required_providers)) {
      if (locked[name] === version) continue;
      throw new LockError(
        `locks/${file} contains ${locked[name] ? `version ${locked[name]}` : 'no version'} of the provider ${name}. Expected version ${version}, as in config/terraform.ts. Run npm run lock:providers, and commit the changed files in locks/.`,
      );
    }
    copyFileSync(join(locks, file), join(folder, '.terraform.lock.hcl'));
  }
}

/**
 * Provider versions in a lock file, by provider name.
 * @param {string} text
 * @returns {Record<string, string>}
 */
export function lockedVersions(text) {
  const blocks = text.matchAll(/^provider "[^"]*\/([^"/]+)" \{\n[^}]*?^ *version +=\s*"([^"]+)"/gm);
  return Object.fromEntries([...blocks].map(([, name, version]) => [name, version]));
}
