import type { Change } from '../change/change.ts';
import type { VersionChange } from '../change/versions.ts';
import { derived, pair } from './look.ts';
import type { Rule } from './rule.ts';

function versions(kind: VersionChange['kind'], text: string, wanted: (change: VersionChange) => boolean) {
  return derived(`${kind} versions: ${text}`, ({ versions: all }: Change) =>
    all
      .filter((version) => version.kind === kind && wanted(version))
      .map(({ name, path, from, to }) =>
        pair(kind === 'chart' ? ['release', ...path] : path, `${name} ${from}`, to),
      ),
  );
}

const newer = (jump: VersionChange['jump']) => (version: VersionChange) =>
  !version.older && version.jump === jump;
const steps: Rule['when'] = ({ before, after }) => `${String(before)} → ${String(after)}`;
const readNotes =
  'Read the release notes of every version between the old and the new version, and follow docs/upgrade.md.';

export const versionRules: readonly Rule[] = [
  {
    id: 'chart-major',
    tier: 'dangerous',
    concern: 'versions',
    title: 'A chart gets a new major version',
    looksAt: [versions('chart', 'a new major version', newer('major'))],
    when: steps,
    reason:
      'A major version can rename values, delete objects, or need new custom resource definitions first.',
    remedy: readNotes,
  },
  {
    id: 'chart-minor',
    tier: 'review',
    concern: 'versions',
    title: 'A chart gets a new minor version',
    looksAt: [versions('chart', 'a new minor version', newer('minor'))],
    when: steps,
    reason: 'A minor version adds values, and usually restarts the pods.',
    remedy: readNotes,
  },
  {
    id: 'chart-older',
    tier: 'dangerous',
    concern: 'versions',
    title: 'A chart gets an older version',
    looksAt: [versions('chart', 'an older version', ({ older }) => older)],
    when: steps,
    reason:
      'Programs often cannot read data of a newer version, and custom resource definitions are not downgraded.',
    remedy: 'Restore the data of the older version, or repair the newer version.',
  },
  {
    id: 'chart-other-version',
    tier: 'review',
    concern: 'versions',
    title: 'A chart gets a version that cannot be compared with its current version',
    looksAt: [versions('chart', 'a change of unknown size', ({ older, jump }) => !older && jump === 'other')],
    when: steps,
    reason: 'The versions are not comparable numbers, or their suffixes differ, such as `-rc.1`.',
    remedy: readNotes,
  },
  {
    id: 'image-major',
    tier: 'dangerous',
    concern: 'versions',
    title: 'An image gets a new major version',
    looksAt: [versions('image', 'a new major version', newer('major'))],
    when: steps,
    reason: 'A major version can change metrics, arguments or the format of its data.',
    remedy: readNotes,
  },
  {
    id: 'image-minor',
    tier: 'review',
    concern: 'versions',
    title: 'An image gets a new minor version',
    looksAt: [versions('image', 'a new minor version', newer('minor'))],
    when: steps,
    reason: 'A minor version adds features. The pods restart.',
    remedy: readNotes,
  },
  {
    id: 'image-older',
    tier: 'dangerous',
    concern: 'versions',
    title: 'An image gets an older version',
    looksAt: [versions('image', 'an older version', ({ older }) => older)],
    when: steps,
    reason: 'A program often cannot read data that a newer version wrote.',
    remedy: 'Check that the older version reads the data, or repair the newer version.',
  },
  {
    id: 'image-other-version',
    tier: 'review',
    concern: 'versions',
    title: 'An image gets a tag that cannot be compared with its current tag',
    looksAt: [versions('image', 'a change of unknown size', ({ older, jump }) => !older && jump === 'other')],
    when: steps,
    reason: 'The tags are not comparable version numbers, or their suffixes differ, such as `-alpine`.',
    remedy: 'Use tags with a version, and read the commits between the old and the new tag.',
  },
  {
    id: 'patch-version',
    tier: 'safe',
    concern: 'no harm',
    title: 'A chart or an image gets a new patch version',
    looksAt: [
      versions('chart', 'a new patch version', newer('patch')),
      versions('image', 'a new patch version', newer('patch')),
    ],
    when: steps,
    reason: 'A patch version only fixes faults. The pods restart one after another.',
    remedy: 'Run `npm run verify` after the deployment.',
  },
];
