import { clusterSources } from './clusters.ts';
import { functionSources } from './functions.ts';
import { monitoringSources } from './monitoring.ts';
import type { FunctionProgram, Source } from './source.ts';
import { thanosSources } from './thanos.ts';

/** All sources by name. */
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

/** All sources as a list with their names. */
export const sourceList: readonly NamedSource[] = Object.entries(
  sources as Readonly<Record<string, Source>>,
).map(([name, source]) => ({ ...source, name: name as SourceName }));

/** A source that is a function of this project. */
export type FunctionSource = NamedSource & { readonly program: FunctionProgram };

export const functions: readonly FunctionSource[] = sourceList.filter(
  (source): source is FunctionSource => source.program.kind === 'function',
);

/** The exporters. Their descriptors are enough to deploy them. */
export const exporters: readonly FunctionSource[] = functions.filter(
  ({ program }) => program.role === 'exporter',
);

/** Jobs by the name of the source. */
export const jobs = Object.fromEntries(sourceList.map(({ name, job }) => [name, job])) as {
  readonly [Name in SourceName]: (typeof sources)[Name]['job'];
};

/** TCP ports of the metrics endpoints, by the name of the source. */
export const sourcePorts = Object.fromEntries(sourceList.map(({ name, port }) => [name, port])) as {
  readonly [Name in SourceName]: number;
};

type LaptopSourceName = {
  [Name in SourceName]: (typeof sources)[Name]['runsOn'] extends 'cluster' ? never : Name;
}[SourceName];

/** TCP ports of the metrics endpoints on the laptop, by the name of the source. */
export const laptopSourcePorts = Object.fromEntries(
  sourceList.filter(({ runsOn }) => runsOn === 'laptop-and-cluster').map(({ name, port }) => [name, port]),
) as Readonly<Record<LaptopSourceName, number>>;
