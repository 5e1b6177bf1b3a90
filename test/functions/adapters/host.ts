import type { FunctionDefinition } from '../../../functions/function.ts';

export interface RequestSpec {
  readonly method?: string;
  readonly path: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string | Uint8Array;
  /** Parts of the request body. A host without streaming joins the parts to one body. */
  readonly chunks?: readonly Uint8Array[];
}

export interface Answer {
  readonly status: number;
  /** All values of each header. Names are in lower case. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Buffer;
}

export interface OpenFunction {
  readonly request?: (spec: RequestSpec) => Promise<Answer>;
  /** Runs the task. Rejects if the host counts the run as failed. */
  readonly runTask?: () => Promise<unknown>;
}

export interface HostUnderTest {
  readonly name: string;
  /**
   * Whether the host decodes `%2F` in the path of a request.
   * @default false
   */
  readonly decodesSlashes?: boolean;
  open(definition: FunctionDefinition, env: Readonly<Record<string, string>>): Promise<OpenFunction>;
}

export const bodyOf = ({ body, chunks }: RequestSpec): Buffer | undefined => {
  if (chunks) return Buffer.concat(chunks);
  return body === undefined ? undefined : Buffer.from(body);
};
