import { describe, expect, it } from 'vitest';
import { local } from '../../config/environments/index.ts';
import { checkEnvironments } from '../../platforms/check-environments.ts';
import { type NamedSource, sourceConflicts, sourceList } from '../../sources/index.ts';

const named = (name: string) => sourceList.find((source) => source.name === name) as NamedSource;
const usdt = named('usdtExporter');

const withTwin = (fields: Partial<NamedSource>): readonly NamedSource[] => [
  ...sourceList,
  {
    ...usdt,
    name: 'twin' as NamedSource['name'],
    job: 'twin',
    port: 5099,
    program: { kind: 'program', name: 'twin' },
    ...fields,
  },
];

const lines = (sources: readonly NamedSource[]) =>
  sourceConflicts(sources).map(({ setting, message }) => `${setting} ${message}`);

describe('the sources of samples', () => {
  it('share no job, no laptop port and no function', () => {
    expect(sourceConflicts()).toEqual([]);
    expect(lines(withTwin({}))).toEqual([]);
  });

  it.each<[string, Partial<NamedSource>, string]>([
    [
      'the job of another source',
      { job: usdt.job },
      'sources.twin.job usdt-exporter is also the job of sources.usdtExporter.job, and the series of both would mix; choose another job',
    ],
    [
      'the port of another source on the laptop',
      { port: usdt.port },
      'sources.twin.port 5000 is also the port of sources.usdtExporter.port, and the laptop runs both; choose another port',
    ],
    [
      'the laptop port of NATS',
      { port: 4222 },
      'sources.twin.port 4222 is also the port of config/topology.ts ports.nats, and the laptop runs both; choose another port',
    ],
    [
      'the function of another source',
      { program: usdt.program },
      'sources.twin.program.name usdt-exporter is already the name of a Deployment (setting sources.usdtExporter.program.name), and two Deployments cannot have the same name; choose another name',
    ],
  ])('are rejected if one source has %s', (_what, fields, line) => {
    expect(lines(withTwin(fields))).toEqual([line]);
  });

  it('may share a port if only one source runs on the laptop', () => {
    expect(lines(withTwin({ port: usdt.port, runsOn: 'cluster' }))).toEqual([]);
  });

  it('are checked together with the settings of an environment', () => {
    const further = sourceConflicts(withTwin({ job: usdt.job }));
    const check = () => checkEnvironments([{ ...local, images: { tag: '1.0.0' } }], further);
    expect(check).toThrow(/2 problems in the configuration:[\s\S]*images\.registry[\s\S]*sources\.twin\.job/);
  });
});

describe('an environment on an unknown platform', () => {
  it('is rejected with a list of the known platforms', () => {
    const values = { ...local, platform: { kind: 'moon' } } as never;
    expect(() => checkEnvironments([values])).toThrow(
      /local\.platform\.kind +is "moon", expected one of 'azure' \| 'existing'/,
    );
  });
});
