import type { MapNode } from '../console/index.ts';
import type { ProgramName } from '../toolchain/index.ts';
import type { Settings } from './settings.ts';

/**
 * A component of the pipeline as data. The supervisor runs a list of components. The log of a component has the name of
 * the component.
 */
export interface Component extends MapNode {
  readonly program:
    | { readonly kind: 'program'; readonly name: ProgramName }
    /** A bundle. The Node of this process runs the bundle. The path is relative to the project's folder. */
    | { readonly kind: 'bundle'; readonly path: string }
    /** A program at an absolute path. */
    | { readonly kind: 'command'; readonly path: string };
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Texts of configuration files, by path below the folder of the run. The files are written before each start. */
  readonly files?: Readonly<Record<string, string>>;
  /** Paths of files to copy, by target path below the folder of the run. An existing target stays unchanged. */
  readonly seeds?: Readonly<Record<string, string>>;
  /** Folders that must exist, below the folder of the run. */
  readonly folders?: readonly string[];
  /** TCP ports on which the component listens. */
  readonly ports: readonly number[];
  /** URL of the component for a browser on this machine. */
  readonly url: string;
  /** URL that answers with status 2xx when the component is ready. The other components can also reach this URL. */
  readonly healthUrl: string;
  /**
   * Pattern that the body of the health answer must match. It is necessary if several components share one health URL.
   */
  readonly healthAnswer?: RegExp;
  /** Names of the components that must answer before this component starts. */
  readonly after?: readonly string[];
  /**
   * Whether the pipeline is also ready without this component.
   * @default false
   */
  readonly optional?: boolean;
  /**
   * Number of the stage in which the component stops. Lower stages stop first.
   * @default 1
   */
  readonly stopStage?: number;
}

export type ComponentFactory = (settings: Settings) => Component;

/** The URL `http://127.0.0.1:<port><path>`. */
export function local(port: number, path = ''): string {
  return `http://127.0.0.1:${port}${path}`;
}
