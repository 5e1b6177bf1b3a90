interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

function parse(version: string): Version | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)$/.exec(version);
  return match ? { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3]) } : undefined;
}

/**
 * The version in the output of `--version`: "prometheus, version 3.14.0 (branch: ...", "nats-server: v2.14.2",
 * "prometheus-nats-exporter version 0.20.1". A pre-release ("3.14.0-rc.1") is not the version it leads to; a
 * distribution's suffix ("2.42.0+ds") is.
 */
export function reportedVersion(output: string): string | undefined {
  return /(?:version|:) v?(\d+\.\d+\.\d+)(?![\d.-])/.exec(output)?.[1];
}

/** A program found on PATH serves when it has the pinned minor version, and at least the pinned patch. */
export function serves(found: string, pinned: string): boolean {
  const [have, want] = [parse(found), parse(pinned)];
  if (have === undefined || want === undefined) return false;
  return have.major === want.major && have.minor === want.minor && have.patch >= want.patch;
}

/** "3.14" of "3.14.0", for messages. */
export function minorOf(version: string): string {
  return version.split('.', 2).join('.');
}
