import type { clusters } from '../config/topology.ts';
import type { MetricDefinition } from '../metrics/definition.ts';

/** A program that Prometheus or an agent scrapes, on the laptop and in a cluster. */
export interface Source {
  /**
   * Value of the label `job`. For a ServiceMonitor it is the name of the Service, for a PodMonitor
   * `<namespace>/<name>`.
   */
  readonly job: string;
  /** Regular expression of the jobs of all clusters, for a source that each edge has. @default only `job` */
  readonly jobsOfAllClusters?: string;
  readonly namespace: string;
  readonly scrapedBy: 'central' | 'agent';
  /** The cluster whose labels the series carry. @default none: the series belong to the central cluster */
  readonly cluster?: keyof typeof clusters;
  /** TCP port of the metrics endpoint, the same in a pod and on the laptop. */
  readonly port: number;
  /** Path of the metrics endpoint. */
  readonly path: string;
  /** Whether the samples keep their own labels `job` and `instance`. @default false */
  readonly honorLabels?: boolean;
  readonly runsOn: 'laptop-and-cluster' | 'cluster';
  /** The monitor that scrapes the source in a cluster. The endpoint uses TLS there, and plain HTTP on the laptop. */
  readonly monitor: Monitor;
  readonly program: Program;
  /** Definitions of the exposed metrics that rules and dashboards use. */
  readonly metrics: MetricSet;
  /** Whether the pipeline's alerts watch the target: missing, down, slow. */
  readonly watched: boolean;
}

export type MetricSet = Readonly<Record<string, MetricDefinition>>;

export interface Monitor {
  readonly kind: 'ServiceMonitor' | 'PodMonitor';
  /** Whether our own code or the chart of the program makes the monitor. */
  readonly madeBy: 'platform' | 'chart';
  /** Secret with the certificate of the endpoint. @default the endpoint has no certificate of its own */
  readonly tlsSecret?: string;
}

export type Program = ThirdPartyProgram | FunctionProgram;

/** A program with a pinned version: from `toolchain/` on the laptop, from a chart in a cluster. */
export interface ThirdPartyProgram {
  readonly kind: 'program';
  readonly name: string;
}

/**
 * One of the project's own functions: a folder of `functions/`, a bundle, an image, a Deployment and a Service of one
 * name.
 */
export interface FunctionProgram {
  readonly kind: 'function';
  /** Name of the folder; the folder exports its definition under the same name in camel case. */
  readonly name: string;
  /** The purpose of the function in one line. The laptop prints it, and the image has it as a label. */
  readonly description: string;
  /** An exporter is deployed only from this descriptor; a service has a construct of its own. */
  readonly role: 'exporter' | 'service';
  /** The API that the exporter calls. @default none: the exporter makes no connection */
  readonly upstream?: Upstream;
  /** Environment variables on the laptop. @default none */
  readonly laptopEnv?: Readonly<Record<string, string>>;
}

export interface Upstream {
  readonly url: string;
  /** Environment variable that replaces the URL. */
  readonly setting: string;
}
