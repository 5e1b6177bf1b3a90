import type { ProgramName } from '../toolchain/index.ts';
import type { Settings } from './settings.ts';

/** A part of the pipeline as data. The supervisor is one way to run the list. */
export interface Component {
  /** Unique in the list; also the name of its log. */
  readonly name: string;
  /** What it does here, in a few words. */
  readonly role: string;
  readonly program:
    | { readonly kind: 'program'; readonly name: ProgramName }
    /** A bundle run by this Node, as a path below the project's folder. */
    | { readonly kind: 'bundle'; readonly path: string }
    /** Whatever is at this path. */
    | { readonly kind: 'command'; readonly path: string };
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Configuration that is written before the start: path below the run's folder → content. */
  readonly files?: Readonly<Record<string, string>>;
  /** Files that are copied unless they are there already: path below the run's folder → source. */
  readonly seeds?: Readonly<Record<string, string>>;
  /** Folders that must exist, below the run's folder. */
  readonly folders?: readonly string[];
  /** TCP ports that it listens on, all on 127.0.0.1. */
  readonly ports: readonly number[];
  /** Where a person looks at it. */
  readonly url: string;
  /** Answers 2xx once it is ready. */
  readonly healthUrl: string;
  /** What that answer must contain, where it speaks for several components. */
  readonly healthAnswer?: RegExp;
  /** Components that must answer before this one starts. */
  readonly after?: readonly string[];
  /** Components of a lower stage stop first; default 1. */
  readonly stopStage?: number;
}

export type ComponentFactory = (settings: Settings) => Component;

/** `http://127.0.0.1:<port><path>`. */
export function local(port: number, path = ''): string {
  return `http://127.0.0.1:${port}${path}`;
}
