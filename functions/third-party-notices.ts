import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Name of the file with the notices, next to the bundles. */
export const noticesFile = 'THIRD-PARTY-NOTICES.txt';

/** The folder of the package that contains a file; undefined for a file of this project. */
export const packageFolder = (file: string): string | undefined =>
  /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];

/** Files of a package with a licence, its copyright or its notices. */
const licenceFiles = /^(?:un)?licen[cs]es?\b|^copying\b|^notices?\b/i;

/**
 * The names, versions, licences and texts of licences of the packages in bundles. Most licences require their text with
 * every copy of the code, and the bundles contain no comments.
 * @param root folder of the project
 * @param contents files in the bundles, relative to the project
 * @throws Error if a package has no text of its licence
 */
export function thirdPartyNotices(root: string, contents: readonly string[]): string {
  const folders = [...new Set(contents.flatMap((file) => packageFolder(file) ?? []))].sort();
  const notices = folders.map((folder) => noticeOf(root, folder));
  return [
    'The programs in this folder contain code of the packages below.\n',
    ...[...new Set(notices)].map((notice) => `${'-'.repeat(78)}\n\n${notice}`),
  ].join('\n');
}

function noticeOf(root: string, folder: string): string {
  const {
    name = folder,
    version = 'unknown version',
    license: licence = 'no declared licence',
  } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Record<string, string>;
  const texts = readdirSync(join(root, folder))
    .filter((file) => licenceFiles.test(file) && statSync(join(root, folder, file)).isFile())
    .sort()
    .map((file) => readFileSync(join(root, folder, file), 'utf8').trim());
  if (texts.length === 0) {
    throw new Error(
      `${folder}: the package has no file with the text of its licence (${licence}), and the bundles contain its code. Replace the package, or add a file with the text to the build in functions/third-party-notices.ts.`,
    );
  }
  return `${name} ${version} (${licence})\n\n${texts.join('\n\n')}\n`;
}
