import type { clusters } from '../config/topology.ts';
import type { MetricDefinition } from '../metrics/definition.ts';

/** A program that Prometheus or an agent scrapes, on the laptop and in a cluster. */
export interface Source {
  /** Value of the label `job`. A ServiceMonitor's job is its Service's name, a PodMonitor's is `<namespace>/<name>`. */
  readonly job: string;
  /** Regular expression of the jobs of every cluster, for a source that each edge has. @default `job` alone */
  readonly jobsOfAllClusters?: string;
  readonly namespace: string;
  readonly scrapedBy: 'central' | 'agent';
  /** The cluster whose labels the series carry. @default none: the series belong to the central cluster */
  readonly cluster?: keyof typeof clusters;
  /** TCP port of the metrics endpoint, the same in a pod and on the laptop. */
  readonly port: number;
  /** Path of the metrics endpoint. */
  readonly path: string;
  /** Whether the samples keep the labels `job` and `instance` that they have. @default false */
  readonly honorLabels?: boolean;
  readonly runsOn: 'laptop-and-cluster' | 'cluster';
  /** The monitor that scrapes the source in a cluster. The endpoint uses TLS there, and plain HTTP on the laptop. */
  readonly monitor: Monitor;
  readonly program: Program;
  /** Definitions of the exposed metrics that rules and dashboards use. */
  readonly metrics: MetricSet;
  /** Whether the alerts of the pipeline watch the target: missing, down, slow. */
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

/** A pinned program of `toolchain/` on the laptop, and of a chart in a cluster. */
export interface ThirdPartyProgram {
  readonly kind: 'program';
  readonly name: string;
}

/** One of our own functions: a folder of `functions/`, a bundle, an image, a Deployment and a Service of one name. */
export interface FunctionProgram {
  readonly kind: 'function';
  /** Name of the folder; the folder exports its definition under the same name in camel case. */
  readonly name: string;
  /** One line: what the function does. Shown on the laptop and kept in the label of the image. */
  readonly description: string;
  /** An exporter is deployed from this descriptor alone; a service has a construct of its own. */
  readonly role: 'exporter' | 'service';
  /** The API that the exporter calls. @default none: the exporter makes no connection */
  readonly upstream?: Upstream;
  /** Environment variables on the laptop. @default none */
  readonly laptopEnv?: Readonly<Record<string, string>>;
}

export interface Upstream {
  readonly url: string;
  /** Environment variable that names another URL. */
  readonly setting: string;
}
