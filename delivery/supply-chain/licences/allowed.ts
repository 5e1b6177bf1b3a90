export interface AllowedLicence {
  /** SPDX id, or SPDX id with an exception, such as `Apache-2.0 WITH LLVM-exception`. */
  readonly licence: string;
  readonly reason: string;
}

const permissive = 'permissive: it requires only the copyright notice and the text of the licence';
const publicDomain = 'its author gives up all rights';

/** The licences that every package and every Go module may have. */
export const allowed: readonly AllowedLicence[] = [
  { licence: 'MIT', reason: permissive },
  { licence: 'ISC', reason: permissive },
  { licence: 'BSD-2-Clause', reason: permissive },
  { licence: 'BSD-3-Clause', reason: permissive },
  { licence: 'Apache-2.0', reason: `${permissive}; it also grants the patents` },
  { licence: 'BlueOak-1.0.0', reason: permissive },
  { licence: 'Zlib', reason: permissive },
  { licence: '0BSD', reason: publicDomain },
  { licence: 'CC0-1.0', reason: publicDomain },
  { licence: 'Unlicense', reason: publicDomain },
  {
    licence: 'MPL-2.0',
    reason: 'copyleft for each file: this project uses the files unchanged, and their source code is public',
  },
];

/** A licence that only one package may have. */
export interface LicenceException {
  readonly package: string;
  /** If the package changes to another licence, the check fails. */
  readonly licence: string;
  readonly reason: string;
}

/** Reviewed packages with a licence that is not in the list `allowed`. */
export const exceptions: readonly LicenceException[] = [
  {
    package: 'jsonify',
    licence: 'Public Domain',
    reason:
      'the author of jsonify has given up all rights. SPDX has no identifier for this licence. The package cdktf contains jsonify',
  },
  {
    package: 'spdx-exceptions',
    licence: 'CC-BY-3.0',
    reason: 'a list of names that only the checks read; its authors are named in the package',
  },
];
