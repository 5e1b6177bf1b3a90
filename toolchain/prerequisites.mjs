/** Checks Node and the installed packages. The code must run on Node 12.20, to report an old Node. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
// Keep the namespace import: old Node versions reject a named import of `parseArgs`.
import * as util from 'node:util';

const here = fileURLToPath(import.meta.url);
const projectFolder = dirname(dirname(here));

/** @returns the problem and the remedy; undefined if the command can start */
export function missingPrerequisite(packages, { root = projectFolder, node = process.versions.node } = {}) {
  const [major = 0, minor = 0] = node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    return `Node ${node} is too old. This project needs Node 20.19 or newer. Install a newer Node, then run npm ci and this command again.`;
  }
  if (packages.includes('tsx') && root.includes('?')) {
    return `The folder ${root} has a question mark in its path, which the TypeScript loader (tsx) cannot read. Move the project to another folder.`;
  }
  const missing = packages.filter((name) => !existsSync(join(root, 'node_modules', name, 'package.json')));
  if (missing.length === 0) return undefined;
  if (!existsSync(join(root, 'node_modules'))) {
    return `The packages are not installed. Run npm ci first, in ${root}.`;
  }
  const are = missing.length === 1 ? 'is' : 'are';
  return `${missing.join(', ')} ${are} not installed in ${root}. With --omit=dev or NODE_ENV=production, npm ci does not install the development packages. Run npm ci --include=dev, then this command again.`;
}

/** Ends the process with exit code 2 if a prerequisite is missing. Exit code 1 means a failed check. */
export function requirePrerequisites(packages) {
  const problem = missingPrerequisite(packages);
  if (problem === undefined) return;
  console.error(problem);
  process.exit(2);
}

function packagesOf(args) {
  try {
    return util.parseArgs({ args, allowPositionals: true }).positionals;
  } catch (error) {
    console.error(`error: ${error.message}\n\nUsage: node toolchain/prerequisites.mjs [package...]`);
    return process.exit(1);
  }
}

if (process.argv[1] === here) {
  requirePrerequisites([]);
  requirePrerequisites(packagesOf(process.argv.slice(2)));
}
