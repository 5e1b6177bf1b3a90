import type * as z from 'zod';

export type Method = 'get' | 'post' | 'put' | 'delete';

/** The server validates requests with the schemas. The OpenAPI document also contains the schemas. */
export interface Operation {
  readonly method: Method;
  /** For example, `/api/faults/{name}`. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly query?: readonly QueryParameter[];
  /** @default the route ignores the body */
  readonly body?: { readonly schema: z.ZodType; readonly required: boolean };
  readonly answer: Answer;
  /** HTTP statuses of the errors, without the errors that every route can return, such as 500. */
  readonly refusals?: readonly Refusal[];
}

export interface QueryParameter {
  readonly name: string;
  readonly description: string;
  readonly schema: z.ZodType;
}

export interface Answer {
  readonly description: string;
  /** @default 200 if the field `schema` is set, otherwise 204 */
  readonly status?: 201;
  /** @default no schema: the answer has the status 204 and no body */
  readonly schema?: z.ZodType;
  /** @default application/json */
  readonly contentType?: string;
}

export const refusals = {
  400: 'The request is not valid. `field` is the path of the wrong field, and `detail` describes the error.',
  404: 'There is no object of this name, or this pipeline does not offer the action. `detail` describes the error, and lists the known names of components, faults, clusters and dashboards.',
  409: 'The action is not possible in the current state of the pipeline.',
  429: 'Too many pages are open.',
  502: 'A program of the pipeline refused the action or failed.',
  503: 'The pipeline is still starting.',
} as const;
export type Refusal = keyof typeof refusals;
