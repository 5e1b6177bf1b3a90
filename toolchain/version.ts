import { major, minor, parse, satisfies } from 'semver';

/**
 * The version in the output of `--version`: "prometheus, version 3.14.0 (branch: ...", "nats-server: v2.14.2",
 * "prometheus-nats-exporter version 0.20.1". A pre-release ("3.14.0-rc.1") does not count as its release; a
 * distribution's suffix ("2.42.0+ds") does.
 */
export function reportedVersion(output: string): string | undefined {
  const version = parse(/(?:version|:) (v?\d\S*)/.exec(output)?.[1]);
  return version?.prerelease.length === 0 ? version.version : undefined;
}

/** Whether a program on PATH is usable: it needs the pinned minor version, and at least the pinned patch. */
export function serves(found: string, pinned: string): boolean {
  return satisfies(found, `~${pinned}`);
}

/** "3.14" of "3.14.0", for messages. */
export function minorOf(version: string): string {
  return `${major(version)}.${minor(version)}`;
}
