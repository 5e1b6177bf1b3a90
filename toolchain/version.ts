import { major, minor, parse, satisfies } from 'semver';

/**
 * The version in the output of `--version`, such as "prometheus, version 3.14.0 (branch: ...", "nats-server: v2.14.2"
 * or "prometheus-nats-exporter version 0.20.1". Undefined for a pre-release ("3.14.0-rc.1"). The suffix of a
 * distribution ("2.42.0+ds") is ignored.
 */
export function reportedVersion(output: string): string | undefined {
  const version = parse(/(?:version|:) (v?\d\S*)/.exec(output)?.[1]);
  return version?.prerelease.length === 0 ? version.version : undefined;
}

/** Whether a program on PATH is usable: the pinned minor version, and at least the pinned patch version. */
export function serves(found: string, pinned: string): boolean {
  return satisfies(found, `~${pinned}`);
}

/** "3.14" for "3.14.0". */
export function minorOf(version: string): string {
  return `${major(version)}.${minor(version)}`;
}
