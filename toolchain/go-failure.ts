import { noSpaceLeft, SourceUnavailable } from './error.ts';
import type { Program } from './programs.ts';
import { neededGo, otherWay } from './remedy.ts';
import type { SourceName } from './settings.ts';

const network =
  /no such host|dial tcp|i\/o timeout|connection refused|network is unreachable|TLS handshake|server misbehaving|module lookup disabled/;
const tooOld =
  /go\.mod requires go|requires go >= |toolchain not available|invalid go version|unknown directive: tool/;

export interface Circumstances {
  readonly program: Program;
  readonly bundles: string;
  readonly sources: readonly SourceName[];
}

/** @param lines the last lines that `go` printed */
export function explainGoFailure(
  { program, bundles, sources }: Circumstances,
  lines: readonly string[],
): Error {
  const text = lines.join('\n');
  const building = `building ${program.name} ${program.version} from source`;
  const alternative = otherWay(program, sources);
  if (text.includes('no space left on device')) return noSpaceLeft(text);
  if (tooOld.test(text)) {
    return new SourceUnavailable(
      `the Go on PATH is too old: ${lines.find((line) => tooOld.test(line))}`,
      `Install ${neededGo(bundles)}, or ${alternative}, then run the command again.`,
      { forAll: true },
    );
  }
  if (network.test(text)) {
    return new SourceUnavailable(
      `the Go modules of ${program.name} are not on this machine and could not be fetched: ${lines.findLast((line) => network.test(line))}`,
      `Connect to the network (or set GOPROXY to a module proxy that can be reached), or ${alternative}, then run the command again.`,
      { forAll: true },
    );
  }
  if (text.includes('signal: killed')) {
    return new SourceUnavailable(
      `${building} was killed, most likely for lack of memory`,
      `Free about 2 GB of memory, or ${alternative}, then run the command again.`,
    );
  }
  return new SourceUnavailable(
    `${building} failed:\n${indented(lines.slice(-8))}`,
    `Run the command again after clearing Go's caches with "go clean -cache -modcache", or ${alternative}.`,
  );
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `    ${line}`).join('\n');
}

export function goMissing({ program, bundles, sources }: Circumstances): SourceUnavailable {
  const ways = [
    `Install ${neededGo(bundles)}`,
    ...(sources.includes('release') ? ['connect to the network so that releases can be downloaded'] : []),
  ];
  return new SourceUnavailable(
    'PATH has no Go for the build',
    `${ways.join(', ')}, or ${otherWay(program, sources)}; then run the command again.`,
    { forAll: true },
  );
}
