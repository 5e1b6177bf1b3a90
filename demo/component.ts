import type { MapNode } from '../console/index.ts';
import type { ProgramName } from '../toolchain/index.ts';
import type { Settings } from './settings.ts';

/** A component of the pipeline. Its log file has the name of the component. */
export interface Component extends MapNode {
  readonly program:
    | { readonly kind: 'program'; readonly name: ProgramName }
    /** A bundle below the project folder. Node.js runs the bundle. */
    | { readonly kind: 'bundle'; readonly path: string }
    /** Laptop: an absolute path. Compose: the name of a program in the container image. */
    | { readonly kind: 'command'; readonly path: string };
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Texts of configuration files. The keys are paths below the folder of the run. */
  readonly files?: Readonly<Record<string, string>>;
  /** Files to copy. The keys are targets below the folder of the run. Existing targets are kept. */
  readonly seeds?: Readonly<Record<string, string>>;
  /** Paths below the folder of the run. */
  readonly folders?: readonly string[];
  readonly ports: readonly number[];
  /** URL for a browser on this machine. */
  readonly url: string;
  /** URL that answers with 2xx when the component is ready. */
  readonly healthUrl: string;
  /**
   * Pattern that the answer of `healthUrl` must match. Components that share a health URL need a pattern.
   * @default every 2xx answer means healthy
   */
  readonly healthAnswer?: RegExp;
  /** Components that must answer before this component starts. */
  readonly after?: readonly string[];
  /**
   * If true, the pipeline can be ready even if this component is not ready.
   * @default false
   */
  readonly optional?: boolean;
  /** Components with a low number stop first. @default 1 */
  readonly stopStage?: number;
}

export type ComponentFactory = (settings: Settings) => Component;

export function local(port: number, path = ''): string {
  return `http://127.0.0.1:${port}${path}`;
}
