import type * as z from 'zod';

export type Method = 'get' | 'post' | 'put' | 'delete';

/** A route of the API as data. The server validates requests with it, and the OpenAPI document describes the route. */
export interface Operation {
  readonly method: Method;
  /** Parameters have the form `{name}`. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly query?: readonly QueryParameter[];
  /**
   * Schema of the request body.
   * @default the route ignores the body
   */
  readonly body?: { readonly schema: z.ZodType; readonly required: boolean };
  readonly answer: Answer;
  /**
   * Error statuses of this route, in addition to those of every route. Their bodies have the type
   * `application/problem+json`.
   */
  readonly refusals?: readonly Refusal[];
}

export interface QueryParameter {
  readonly name: string;
  readonly description: string;
  readonly schema: z.ZodType;
}

export interface Answer {
  readonly description: string;
  /**
   * Status of a successful answer.
   * @default 200 with a schema, otherwise 204
   */
  readonly status?: 201;
  /**
   * Schema of the answer.
   * @default no body, and the status 204
   */
  readonly schema?: z.ZodType;
  /** @default application/json */
  readonly contentType?: string;
}

export const refusals = {
  400: 'The request is not valid. `field` names the wrong field, and `detail` states what is expected.',
  404: 'There is nothing of this name, or this pipeline does not offer the action. `detail` lists the known names.',
  409: 'The current state of the pipeline excludes the action.',
  429: 'Too many pages are open.',
  502: 'A program of the pipeline did not do what the action needs.',
  503: 'The pipeline is still starting.',
} as const;
export type Refusal = keyof typeof refusals;
