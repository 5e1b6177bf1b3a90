import { clusterSources } from './clusters.ts';
import { functionSources } from './functions.ts';
import { monitoringSources } from './monitoring.ts';
import type { FunctionProgram, Source } from './source.ts';
import { thanosSources } from './thanos.ts';

export const sources = {
  ...monitoringSources,
  ...functionSources,
  ...clusterSources,
  ...thanosSources,
} as const satisfies Readonly<Record<string, Source>>;

export type SourceName = keyof typeof sources;

export interface NamedSource extends Source {
  readonly name: SourceName;
}

export const sourceList: readonly NamedSource[] = Object.entries(
  sources as Readonly<Record<string, Source>>,
).map(([name, source]) => ({ ...source, name: name as SourceName }));

export type FunctionSource = NamedSource & { readonly program: FunctionProgram };

export const functions: readonly FunctionSource[] = sourceList.filter(
  (source): source is FunctionSource => source.program.kind === 'function',
);

export const exporters: readonly FunctionSource[] = functions.filter(
  ({ program }) => program.role === 'exporter',
);

export const jobs = Object.fromEntries(sourceList.map(({ name, job }) => [name, job])) as {
  readonly [Name in SourceName]: (typeof sources)[Name]['job'];
};

export const sourcePorts = Object.fromEntries(sourceList.map(({ name, port }) => [name, port])) as {
  readonly [Name in SourceName]: number;
};

type LaptopSourceName = {
  [Name in SourceName]: (typeof sources)[Name]['runsOn'] extends 'cluster' ? never : Name;
}[SourceName];

export const laptopSourcePorts = Object.fromEntries(
  sourceList.filter(({ runsOn }) => runsOn === 'laptop-and-cluster').map(({ name, port }) => [name, port]),
) as Readonly<Record<LaptopSourceName, number>>;
