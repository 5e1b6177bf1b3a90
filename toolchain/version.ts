import { major, minor, parse, satisfies } from 'semver';

/**
 * The version in the output of `--version`, for example `2.14.2` in the output `nats-server: v2.14.2`. Undefined for a
 * pre-release such as `3.14.0-rc.1`.
 */
export function reportedVersion(output: string): string | undefined {
  const version = parse(/(?:version|:) (v?\d\S*)/.exec(output)?.[1]);
  return version?.prerelease.length === 0 ? version.version : undefined;
}

/** Whether a program has the pinned minor version, and at least the pinned patch version. */
export function serves(found: string, pinned: string): boolean {
  return satisfies(found, `~${pinned}`);
}

/** "3.14" for "3.14.0". */
export function minorOf(version: string): string {
  return `${major(version)}.${minor(version)}`;
}
