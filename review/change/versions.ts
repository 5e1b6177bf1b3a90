import semver from 'semver';
import type { Difference } from './difference.ts';
import { isBranch, type Tree } from './tree.ts';

export type Jump = 'major' | 'minor' | 'patch' | 'other';

export interface VersionChange {
  readonly kind: 'chart' | 'image';
  /** Name of the chart or image, or a path such as `values.grafana.image` if the name is unknown. */
  readonly name: string;
  readonly path: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly jump: Jump;
  readonly older: boolean;
}

export function imageVersions(found: readonly Difference[]): readonly VersionChange[] {
  return found.flatMap(({ path, before, after }) => {
    const last = path.at(-1);
    if (typeof before !== 'string' || typeof after !== 'string') return [];
    if (last === 'tag' && path.some((key) => /image/i.test(key))) {
      return [versionChange('image', path.slice(0, -1).join('.'), path, before, after)];
    }
    if (last !== 'image') return [];
    const [one, other] = [imageOf(before), imageOf(after)];
    return one.name === other.name && one.version !== other.version
      ? [versionChange('image', other.name, path, one.version, other.version)]
      : [];
  });
}

export function chartVersion(before: Tree | undefined, after: Tree | undefined): readonly VersionChange[] {
  if (!isBranch(before) || !isBranch(after)) return [];
  const { version: from } = before;
  const { version: to, chart } = after;
  if (typeof from !== 'string' || typeof to !== 'string' || from === to) return [];
  return [versionChange('chart', chartName(chart), ['version'], from, to)];
}

/** The name of a chart without its URL or folder, because a mirror has another URL. */
function chartName(chart: Tree | undefined): string {
  const name = typeof chart === 'string' ? (chart.split('/').at(-1) ?? chart) : 'the chart';
  return name.replace(/-v?\d+\.\d+\.\d+.*\.tgz$/, '');
}

function imageOf(reference: string): { readonly name: string; readonly version: string } {
  const [, name = reference, tag, digest] =
    /^(.*?)(?::([\w][\w.-]*))?(?:@(sha256:[0-9a-f]+))?$/.exec(reference) ?? [];
  return { name, version: tag ?? digest ?? 'latest' };
}

function versionChange(
  kind: VersionChange['kind'],
  name: string,
  path: readonly string[],
  from: string,
  to: string,
): VersionChange {
  const [one, other] = [semver.coerce(from), semver.coerce(to)];
  const difference = one && other ? semver.diff(one, other) : null;
  const jump =
    (difference === 'major' || difference === 'minor' || difference === 'patch') &&
    (difference === 'major' || variantOf(from) === variantOf(to))
      ? difference
      : 'other';
  const older = one !== null && other !== null && semver.lt(other, one);
  return { kind, name, path, from, to, jump, older };
}

/** Returns the text after the numbers of a version, such as `-alpine` in `1.27-alpine`. */
function variantOf(version: string): string {
  return version.replace(/^\D*\d+(?:\.\d+)*/, '');
}
