import type * as z from 'zod';

export type Method = 'get' | 'post' | 'put' | 'delete';

/** A route of the console's API as data, for validation and for the OpenAPI document. */
export interface Operation {
  readonly method: Method;
  /** With parameters as `{name}`. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly query?: readonly QueryParameter[];
  /** The schema that validates the body. @default the route ignores the body */
  readonly body?: { readonly schema: z.ZodType; readonly required: boolean };
  readonly answer: Answer;
  /** Statuses with a body of the type `application/problem+json`, in addition to those of every route. */
  readonly refusals?: readonly Refusal[];
}

export interface QueryParameter {
  readonly name: string;
  readonly description: string;
  readonly schema: z.ZodType;
}

export interface Answer {
  readonly description: string;
  /** @default 200 with a schema, otherwise 204 */
  readonly status?: 201;
  /** @default 204, because the answer has no body */
  readonly schema?: z.ZodType;
  /** @default application/json */
  readonly contentType?: string;
}

export const refusals = {
  400: 'The request is not valid. `field` names the wrong field, and `detail` states what is expected.',
  404: 'There is nothing of this name, or this pipeline does not offer the action. `detail` lists the known names.',
  409: 'The current state of the pipeline excludes the action.',
  502: 'A program of the pipeline did not do what the action needs.',
  503: 'The pipeline is still starting.',
} as const;
export type Refusal = keyof typeof refusals;
