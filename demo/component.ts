import type { MapNode } from '../console/index.ts';
import type { ProgramName } from '../toolchain/index.ts';
import type { Settings } from './settings.ts';

/**
 * A component of the pipeline as data. The supervisor runs a list of components. The log file of a component has the
 * name of the component.
 */
export interface Component extends MapNode {
  readonly program:
    | { readonly kind: 'program'; readonly name: ProgramName }
    /** A bundle, relative to the project folder. The Node of this process runs it. */
    | { readonly kind: 'bundle'; readonly path: string }
    /** A program at an absolute path. */
    | { readonly kind: 'command'; readonly path: string };
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Texts of configuration files, written before each start. The keys are paths below the folder of the run. */
  readonly files?: Readonly<Record<string, string>>;
  /** Files to copy. The keys are target paths below the folder of the run. An existing target is not replaced. */
  readonly seeds?: Readonly<Record<string, string>>;
  /** Folders that must exist, below the folder of the run. */
  readonly folders?: readonly string[];
  /** TCP ports on which the component listens. */
  readonly ports: readonly number[];
  /** URL for a browser on this machine. */
  readonly url: string;
  /** URL that answers with 2xx when the component is ready. Other components also reach it. */
  readonly healthUrl: string;
  /**
   * The health answer must match this pattern. Several components can share a health URL, and only the pattern
   * distinguishes them.
   */
  readonly healthAnswer?: RegExp;
  /** Components that must answer before this component starts. */
  readonly after?: readonly string[];
  /**
   * Whether the pipeline is also ready without this component.
   * @default false
   */
  readonly optional?: boolean;
  /**
   * Stage of the stop of the pipeline. Components with a low number stop first.
   * @default 1
   */
  readonly stopStage?: number;
}

export type ComponentFactory = (settings: Settings) => Component;

/** `http://127.0.0.1:<port><path>` */
export function local(port: number, path = ''): string {
  return `http://127.0.0.1:${port}${path}`;
}
