import { describe, expect, it } from 'vitest';
import { local } from '../../config/environments/index.ts';
import { checkEnvironments } from '../../platforms/check-environments.ts';
import { type NamedSource, sourceConflicts, sourceList } from '../../sources/index.ts';

const named = (name: string) => sourceList.find((source) => source.name === name) as NamedSource;
const usdt = named('usdtExporter');

/** The descriptors with one more that differs from the USDT exporter in the given fields. */
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

describe('the descriptors of the sources', () => {
  it('share no job, no port of the laptop and no function', () => {
    expect(sourceConflicts()).toEqual([]);
    expect(lines(withTwin({}))).toEqual([]);
  });

  it.each<[string, Partial<NamedSource>, string]>([
    [
      'a job',
      { job: usdt.job },
      'sources.twin.job usdt-exporter is the job of sources.usdtExporter.job too: their series would be one; choose another job',
    ],
    [
      'a port of another source',
      { port: usdt.port },
      'sources.twin.port 5000 is the port of sources.usdtExporter.port too, and the laptop runs both; choose another port',
    ],
    [
      'a port of a program that is not scraped',
      { port: 4222 },
      'sources.twin.port 4222 is the port of config/topology.ts ports.nats too, and the laptop runs both; choose another port',
    ],
    [
      'a function',
      { program: usdt.program },
      'sources.twin.program.name usdt-exporter is the function of sources.usdtExporter.program.name too: their Deployments would have one name; choose another name',
    ],
  ])('are refused when two share %s', (_what, fields, line) => {
    expect(lines(withTwin(fields))).toEqual([line]);
  });

  it('may repeat a port of the laptop when they run in a cluster only', () => {
    expect(lines(withTwin({ port: usdt.port, runsOn: 'cluster' }))).toEqual([]);
  });

  it('are listed with the problems of the environments, before any synthesis', () => {
    const further = sourceConflicts(withTwin({ job: usdt.job }));
    const check = () => checkEnvironments([{ ...local, images: { tag: '1.0.0' } }], further);
    expect(check).toThrow(/2 problems in the configuration:[\s\S]*images\.registry[\s\S]*sources\.twin\.job/);
  });
});

describe('an environment on an unknown platform', () => {
  it('is listed with the known kinds', () => {
    const values = { ...local, platform: { kind: 'moon' } } as never;
    expect(() => checkEnvironments([values])).toThrow(
      /local\.platform\.kind +"moon": expected one of 'azure' \| 'existing'/,
    );
  });
});
