import { describe, expect, it } from 'vitest';
import { ToolchainError } from '../../toolchain/index.ts';
import { currentPlatform } from '../../toolchain/platform.ts';
import { readSettings } from '../../toolchain/settings.ts';

describe('PROGRAMS_FROM', () => {
  it.each([{}, { PROGRAMS_FROM: '' }])(
    'has the default value `path,release,source`, also if the variable is empty: %j',
    (env) => {
      expect(readSettings(env).sources).toEqual(['path', 'release', 'source']);
    },
  );

  it('sets the order of the program sources', () => {
    expect(readSettings({ PROGRAMS_FROM: 'source, path' }).sources).toEqual(['source', 'path']);
  });

  it.each(['github', ' ', 'path,,source'])(
    'is refused if the value is "%s", and the error lists the possible values',
    (value) => {
      expect(() => readSettings({ PROGRAMS_FROM: value })).toThrowError(ToolchainError);
      expect(() => readSettings({ PROGRAMS_FROM: value })).toThrowError(
        /^PROGRAMS_FROM: expected one or more of path, release and source, .* got ".*"\. Set it to/,
      );
    },
  );
});

describe('the cache folder', () => {
  it('is by default the folder prometheus-platform/programs in XDG_CACHE_HOME', () => {
    const env = { PROGRAMS_CACHE: '/roomy', XDG_CACHE_HOME: '/xdg', HOME: '/home/me' };
    expect(readSettings(env, '/given').cacheDir).toBe('/given');
    expect(readSettings(env).cacheDir).toBe('/roomy');
    for (const unset of [undefined, '']) {
      expect(readSettings({ ...env, PROGRAMS_CACHE: unset }).cacheDir).toBe(
        '/xdg/prometheus-platform/programs',
      );
    }
  });

  it('ignores XDG_CACHE_HOME if its path is relative', () => {
    const { cacheDir } = readSettings({ XDG_CACHE_HOME: 'cache', HOME: '/home/me' });
    expect(cacheDir).toMatch(/^\/home\/me\/(\.cache|Library\/Caches)\/prometheus-platform\/programs$/);
  });
});

describe('the platform of this machine', () => {
  it('is spelled as in Go and in the names of the release archives', () => {
    expect(currentPlatform('linux', 'x64')).toEqual({ os: 'linux', arch: 'amd64' });
    expect(currentPlatform('darwin', 'arm64')).toEqual({ os: 'darwin', arch: 'arm64' });
  });
});

it('currentPlatform throws an error on Windows, and the error suggests WSL', () => {
  expect(() => currentPlatform('win32', 'x64')).toThrowError(/WSL/);
});
