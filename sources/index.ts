export { catalogue, definitionOf } from './catalogue.ts';
export { sourceConflicts } from './conflicts.ts';
export {
  type Expected,
  expectedEverywhere,
  expectedOf,
  expectedOnLaptop,
  expectedWithThanos,
  seriesOnLaptop,
  storageOf,
} from './expected.ts';
export { type Hosting, hostingOf } from './hosting.ts';
export { labelLimits, otherSampleLimit, sampleLimit } from './limits.ts';
export type { FunctionProgram, MetricSet, Monitor, Program, Source, Upstream } from './source.ts';
export {
  exporters,
  type FunctionSource,
  functions,
  jobs,
  laptopSourcePorts,
  type NamedSource,
  type SourceName,
  sourceList,
  sourcePorts,
  sources,
} from './sources.ts';
export { laptopReceiver, laptopThanosJobs } from './thanos.ts';
