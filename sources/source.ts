import type { clusters } from '../config/topology.ts';
import type { MetricDefinition } from '../metrics/definition.ts';

/** A program that Prometheus or an agent scrapes. It runs on the laptop or in a cluster. */
export interface Source {
  /**
   * Value of the label `job`: the name of the Service for a ServiceMonitor, and `<namespace>/<name>` for a PodMonitor.
   */
  readonly job: string;
  /**
   * Regular expression for the jobs in all clusters. Only for a source that runs in each edge.
   * @default only `job`
   */
  readonly jobsOfAllClusters?: string;
  readonly namespace: string;
  readonly scrapedBy: 'central' | 'agent';
  /**
   * The cluster to which the series belong.
   * @default the central cluster
   */
  readonly cluster?: keyof typeof clusters;
  /** TCP port of the metrics endpoint, in a pod and on the laptop. */
  readonly port: number;
  /** Path of the metrics endpoint. */
  readonly path: string;
  /**
   * Whether the samples keep the labels `job` and `instance` of the source.
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
   * Part of the environment without which the source does not run.
   * @default nothing
   */
  readonly needs?: 'object-store';
  /**
   * The monitor of the source in a cluster. The metrics endpoint uses TLS in a cluster, and plain HTTP on the laptop.
   */
  readonly monitor: Monitor;
  readonly program: Program;
  /** Definitions of the exposed metrics that rules or dashboards use. */
  readonly metrics: MetricSet;
  /**
   * Expected number of series of one target. `sources/limits.ts` computes the sample limit from this number, and `npm
   * run cardinality` compares it with the real number.
   */
  readonly expectedSeries: number;
  /** Whether alerts fire if the target is missing, down or slow. */
  readonly watched: boolean;
}

export type MetricSet = Readonly<Record<string, MetricDefinition>>;

export interface Monitor {
  readonly kind: 'ServiceMonitor' | 'PodMonitor';
  /** Whether this project or the chart of the program creates the monitor. */
  readonly madeBy: 'platform' | 'chart';
  /**
   * Name of the Secret with the certificate of the metrics endpoint.
   * @default none: the endpoint has no certificate of its own
   */
  readonly tlsSecret?: string;
}

export type Program = ThirdPartyProgram | FunctionProgram;

/**
 * A third-party program of a fixed version. `toolchain/` installs it on the laptop, and a chart installs it in a
 * cluster.
 */
export interface ThirdPartyProgram {
  readonly kind: 'program';
  readonly name: string;
}

/**
 * A function of this project. Its folder in `functions/`, its bundle, its image, its Deployment and its Service have
 * the same name.
 */
export interface FunctionProgram {
  readonly kind: 'function';
  /** Name of the folder. The folder exports the definition of the function under this name in camel case. */
  readonly name: string;
  /** Purpose of the function in one line. The laptop pipeline prints it, and the image contains it as a label. */
  readonly description: string;
  /** How the function is deployed: an exporter from this descriptor, a service from its own construct. */
  readonly role: 'exporter' | 'service';
  /**
   * API that an exporter calls.
   * @default none
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
  /** Environment variable that replaces the URL. */
  readonly setting: string;
}
