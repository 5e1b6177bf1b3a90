import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const noticesFile = 'THIRD-PARTY-NOTICES.txt';

/** The package folder that contains a file. Undefined for a file of this project. */
export const packageFolder = (file: string): string | undefined =>
  /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];

const licenceFiles = /^(?:un)?licen[cs]es?\b|^copying\b|^notices?\b/i;

/**
 * Licence texts of the packages in the bundles. Most licences require their text in every copy.
 * @param contents files in the bundles, relative to `root`
 * @throws Error if a package has no licence text
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
      `${folder}: the package has no file with the text of its licence (${licence}), and the bundles contain its code. Replace the package, or add the text of its licence in functions/third-party-notices.ts.`,
    );
  }
  return `${name} ${version} (${licence})\n\n${texts.join('\n\n')}\n`;
}
