import type { MapNode } from '../console/index.ts';
import type { ProgramName } from '../toolchain/index.ts';
import type { Settings } from './settings.ts';

/** A component of the pipeline as data. The supervisor runs the list of components; its name is also that of its log. */
export interface Component extends MapNode {
  readonly program:
    | { readonly kind: 'program'; readonly name: ProgramName }
    /** A bundle that the current Node runs; the path is relative to the project's folder. */
    | { readonly kind: 'bundle'; readonly path: string }
    /** The program at an absolute path. */
    | { readonly kind: 'command'; readonly path: string };
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Configuration files, written before the start: path below the run's folder → content. */
  readonly files?: Readonly<Record<string, string>>;
  /** Files, copied if they are missing: path below the run's folder → source. */
  readonly seeds?: Readonly<Record<string, string>>;
  /** Folders that must exist, below the run's folder. */
  readonly folders?: readonly string[];
  /** TCP ports on which the component listens, all on 127.0.0.1. */
  readonly ports: readonly number[];
  /** The address for a browser. */
  readonly url: string;
  /** Answers with status 2xx when the component is ready. */
  readonly healthUrl: string;
  /** Must match the health answer, if several components share one health endpoint. */
  readonly healthAnswer?: RegExp;
  /** Components that must answer before this one starts. */
  readonly after?: readonly string[];
  /** Whether the pipeline is ready without it. @default false */
  readonly optional?: boolean;
  /** Components of a lower stage stop first; default 1. */
  readonly stopStage?: number;
}

export type ComponentFactory = (settings: Settings) => Component;

/** `http://127.0.0.1:<port><path>`. */
export function local(port: number, path = ''): string {
  return `http://127.0.0.1:${port}${path}`;
}
