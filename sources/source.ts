import type { clusters } from '../config/topology.ts';
import type { MetricDefinition } from '../metrics/definition.ts';

/** A program that Prometheus or an agent scrapes, on the laptop and in a cluster. */
export interface Source {
  /**
   * Value of the label `job`. For a ServiceMonitor, this is the name of the Service. For a PodMonitor, it is
   * `<namespace>/<name>`.
   */
  readonly job: string;
  /**
   * Regular expression that matches the jobs of all clusters, for a source that runs in each edge.
   * @default only `job`
   */
  readonly jobsOfAllClusters?: string;
  readonly namespace: string;
  readonly scrapedBy: 'central' | 'agent';
  /**
   * The cluster whose labels the series have.
   * @default none: the series belong to the central cluster
   */
  readonly cluster?: keyof typeof clusters;
  /** TCP port of the metrics endpoint. The port is the same in a pod and on the laptop. */
  readonly port: number;
  /** Path of the metrics endpoint. */
  readonly path: string;
  /**
   * Whether the samples keep the labels `job` and `instance` that the source sets.
   * @default false
   */
  readonly honorLabels?: boolean;
  readonly runsOn: 'laptop-and-cluster' | 'cluster';
  /**
   * The only engine with which the source runs.
   * @default it runs with every engine
   */
  readonly engine?: 'thanos';
  /**
   * What the environment must have for the source to run.
   * @default nothing
   */
  readonly needs?: 'object-store';
  /**
   * The monitor that scrapes the source in a cluster. The endpoint uses TLS in the cluster, and plain HTTP on the
   * laptop.
   */
  readonly monitor: Monitor;
  readonly program: Program;
  /** Definitions of the exposed metrics. Contains only metrics that rules and dashboards use. */
  readonly metrics: MetricSet;
  /**
   * Series that one target is expected to expose. `sources/limits.ts` derives the sample limit of a scrape from it, and
   * `npm run cardinality` compares the real series with it.
   */
  readonly expectedSeries: number;
  /** Whether alerts watch the target. They fire if the target is missing, down or slow. */
  readonly watched: boolean;
}

export type MetricSet = Readonly<Record<string, MetricDefinition>>;

export interface Monitor {
  readonly kind: 'ServiceMonitor' | 'PodMonitor';
  /** Whether our own code or the program's chart creates the monitor. */
  readonly madeBy: 'platform' | 'chart';
  /**
   * Name of the Secret with the endpoint's certificate.
   * @default the endpoint does not have its own certificate
   */
  readonly tlsSecret?: string;
}

export type Program = ThirdPartyProgram | FunctionProgram;

/**
 * A third-party program with a fixed version. `toolchain/` installs it on the laptop, and a chart installs it in a
 * cluster.
 */
export interface ThirdPartyProgram {
  readonly kind: 'program';
  readonly name: string;
}

/**
 * One of the project's own functions. Its folder in `functions/`, bundle, image, Deployment and Service have the same
 * name.
 */
export interface FunctionProgram {
  readonly kind: 'function';
  /** Name of the folder. The folder exports the function's definition under the same name in camel case. */
  readonly name: string;
  /** Purpose of the function in one line. The laptop prints this line, and the image has it as a label. */
  readonly description: string;
  /** An exporter is deployed only from this descriptor. A service is deployed by its own construct. */
  readonly role: 'exporter' | 'service';
  /**
   * The API that the exporter calls.
   * @default none: the exporter calls no API
   */
  readonly upstream?: Upstream;
  /**
   * Environment variables of the function on the laptop.
   * @default none
   */
  readonly laptopEnv?: Readonly<Record<string, string>>;
}

export interface Upstream {
  readonly url: string;
  /** Name of the environment variable that replaces the URL. */
  readonly setting: string;
}
