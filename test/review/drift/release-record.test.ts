import { describe, expect, it } from 'vitest';
import { releaseRecord } from '../../../review/drift/release-record.ts';
import { storedRelease } from './stored-release.ts';

const manifest = `---
# Source: nats/templates/service.yaml
apiVersion: v1
kind: Service
metadata: {name: nats}
---
---
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: other}, data: {date: 2026-11-26}}
- {apiVersion: apps/v1, kind: Deployment, metadata: {name: b}, spec: {mode: 0644, at: 12:30:00, enabled: yes}}
`;
const content = { name: 'nats', namespace: 'nats', version: 2, info: { status: 'deployed' }, manifest };

describe('a stored Helm release', () => {
  it.each([true, false])('contains the objects with their namespaces (compressed: %s)', (compressed) => {
    const { objects, ...rest } = releaseRecord(storedRelease(content, { compressed }));
    expect(rest).toEqual({ name: 'nats', namespace: 'nats', revision: 2, status: 'deployed' });
    expect(objects.map(({ kind, metadata }) => [kind, metadata])).toEqual([
      ['Service', { name: 'nats', namespace: 'nats' }],
      ['ConfigMap', { name: 'a', namespace: 'other' }],
      ['Deployment', { name: 'b', namespace: 'nats' }],
    ]);
  });

  it('is parsed as in Helm: `0644` is octal, and a date is a text', () => {
    const [, map, deployment] = releaseRecord(storedRelease(content)).objects;
    expect(map?.data).toEqual({ date: '2026-11-26' });
    expect(deployment?.spec).toEqual({ mode: 0o644, at: '12:30:00', enabled: true });
  });

  it.each([
    [
      'the Secret has no key `release`',
      { kind: 'Secret', metadata: { namespace: 'nats', name: 'x' } },
      'the key `release`, which contains the Helm release, is missing',
    ],
    ['the Secret has no release', storedRelease([1]), 'the key `release` contains no valid Helm release'],
    ['the release has no manifest', storedRelease({ ...content, manifest: 1 }), 'no manifest'],
    ['the manifest is not valid YAML', storedRelease({ ...content, manifest: 'a: [' }), 'not valid YAML'],
    [
      'the data in the Secret is truncated',
      { ...storedRelease(content), data: { release: 'SDRzSUFB' } },
      'the key `release` contains no valid Helm release',
    ],
  ])('cannot be read if %s', (_, secret, message) => {
    expect(() => releaseRecord(secret)).toThrow(message);
    expect(() => releaseRecord(secret)).toThrow(/^Secret nats\/.*helm status/);
  });
});
