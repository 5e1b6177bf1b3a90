import { major, minor, parse, satisfies } from 'semver';

/** The version in an output such as `nats-server: v2.14.2`. Undefined for a pre-release. */
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
