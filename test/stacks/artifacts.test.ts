import { describe, expect, it } from 'vitest';
import { dev } from '../../config/environments/index.ts';
import { checkEnvironments } from '../../platforms/check-environments.ts';
import { artifactSources, ownImage } from '../../stacks/artifacts.ts';
import { variants } from './environments.ts';

const closed = variants.find(({ name }) => name === 'closed');

describe('a mirror of public images', () => {
  it.each([
    ['registry.example.com/public', 'acr-credentials'],
    ['mirror.example.com/public', undefined],
  ])('%s needs the login of our registry only if it is on the same host', (mirror, pullSecret) => {
    if (!closed) throw new Error('no environment of a closed network');
    const [environment] = checkEnvironments([{ ...closed, images: { ...closed.images, mirror } }]);
    if (!environment) throw new Error('no environment');
    expect(artifactSources(environment)).toMatchObject({ images: mirror });
    expect(artifactSources(environment).pullSecret).toBe(pullSecret);
  });
});

it('the image of a function has a lower-case name, independent of the case of Azure’s name', () => {
  if (dev.platform.kind !== 'azure') throw new Error('dev is not on Azure');
  const registry = { ...dev.platform.registry, name: 'MonitoringDevAcr' };
  const [environment] = checkEnvironments([{ ...dev, platform: { ...dev.platform, registry } }]);
  if (!environment) throw new Error('no environment');
  expect(ownImage(environment, 'usdt-exporter')).toBe('monitoringdevacr.azurecr.io/usdt-exporter:1.0.0');
});
