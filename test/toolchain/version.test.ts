import { describe, expect, it } from 'vitest';
import { reportedVersion, serves } from '../../toolchain/version.ts';

describe('the version in a program’s output', () => {
  it.each([
    ['prometheus, version 3.14.0 (branch: , revision: unknown)\n  go version:       go1.26.8', '3.14.0'],
    ['prometheus, version 2.42.0+ds (branch: debian/sid, revision: 2.42.0+ds-5)', '2.42.0'],
    ['nats-server: v2.14.2', '2.14.2'],
    ['prometheus-nats-exporter version 0.20.1', '0.20.1'],
  ])('is found in "%s"', (output, version) => {
    expect(reportedVersion(output)).toBe(version);
  });

  it.each([
    'prometheus, version 3.14.0-rc.1 (branch: HEAD)',
    'prometheus, version  (branch: )',
    'no such option',
  ])('is not found in "%s"', (output) => {
    expect(reportedVersion(output)).toBeUndefined();
  });
});

describe('a version on PATH', () => {
  it('is usable if it is the pinned version or a newer patch version', () => {
    const serving = ['3.14.0', '3.14.9', '3.13.7', '3.15.0', '2.14.0', '4.14.0'].filter((found) =>
      serves(found, '3.14.0'),
    );
    expect(serving).toEqual(['3.14.0', '3.14.9']);
    expect(serves('1.11.2', '1.11.3')).toBe(false);
  });
});
