import * as z from 'zod/mini';
import { build } from '../build-info.ts';
import { reportSchema } from './report.ts';
import { etlRunSchema } from './runs.ts';

const problemSchema = z.object({
  type: z.string().check(z.describe('Always about:blank: the status identifies the kind of problem.')),
  title: z.string(),
  status: z.int(),
  detail: z.optional(z.string()),
  errors: z.optional(
    z.array(
      z.object({
        pointer: z.string().check(z.describe('JSON pointer to the faulty value; empty for the whole body.')),
        detail: z.string(),
      }),
    ),
  ),
});

const pushedSchema = z.object({
  pushed: z.literal(true),
  job: z.string(),
  grouping: z.record(z.string(), z.string()),
  status: z.enum(['success', 'failure']),
});

const etlAnswerSchema = z.extend(pushedSchema, {
  failedAt: z.optional(z.string().check(z.describe('The stage that failed.'))),
  durationSeconds: z.number(),
  etl: z.object({ extracted: z.int(), transformed: z.int(), loaded: z.int() }),
  checksum: z.optional(z.string().check(z.describe('SHA-256 of the loaded data, in hex.'))),
});

const refusals: Readonly<Record<string, string>> = {
  400: 'The body is not JSON, or a header or the job is malformed.',
  401: 'The request has no valid bearer token.',
  403: 'A page of another origin may not call this API. If the server has no API_TOKEN, no web page may call this API.',
  413: 'The body is too large, before or after decompression.',
  415: 'The Content-Type is not application/json, or the body has a Content-Encoding other than gzip. After a wrong Content-Encoding, the answer has the header Accept-Encoding: gzip.',
  422: 'The body does not fit the schema, or the Idempotency-Key was used for another request.',
  429: 'Too many requests; Retry-After gives the time to wait.',
  502: 'The Pushgateway answered with an error. With a status of at least 500, it may have stored the push.',
  503: 'The batch-pusher is busy, the Pushgateway cannot be reached, or the connection broke; Retry-After gives the time to wait. After a broken connection, the Pushgateway may have stored the push.',
  504: 'The Pushgateway did not answer in time; it may have stored the push.',
};

const report = {
  summary: 'Push the report of a batch run',
  description:
    'The job and the grouping labels identify a group of metrics. The report of a successful run replaces all metrics of the group. The report of a failed run does not change the record counts or the time of the last success. If the report of a failed run has no duration or no period, the old value remains. A grouping label with an empty value has no effect. The answer shows the grouping labels that the Pushgateway has stored.',
  body: { schema: reportSchema, required: true },
  answer: { schema: pushedSchema, description: 'The Pushgateway has stored the report.' },
};

const jobSchema = { type: 'string', minLength: 1, maxLength: 256 };

/** The OpenAPI 3.1 document. The schemas of its request bodies also validate the requests. */
export function openApiDocument() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'batch-pusher',
      version: build.version,
      description: 'Pushes the report of a batch run to a Prometheus Pushgateway.',
    },
    paths: {
      '/batches/{job}': {
        post: operation({
          ...report,
          parameters: [
            {
              name: 'job',
              in: 'path',
              required: true,
              description:
                'Job of the grouping key. For a job with a slash use POST /batches: Azure Functions and HTTP APIs of AWS decode %2F in a path.',
              schema: jobSchema,
            },
          ],
        }),
      },
      '/batches': {
        post: operation({
          ...report,
          summary: 'Push the report of a batch run whose job is any text',
          parameters: [
            {
              name: 'job',
              in: 'query',
              required: true,
              description:
                'Job of the grouping key, any text, percent-encoded: team%2Fnightly names team/nightly.',
              schema: jobSchema,
            },
          ],
        }),
      },
      '/etl/runs': {
        post: operation({
          summary: 'Run the simulated ETL and push its report',
          description:
            'A run with failAt fails on purpose. The HTTP status is 200 nevertheless, and the answer contains the failed stage. The report of the failed run is pushed too.',
          parameters: [],
          body: { schema: etlRunSchema, required: false },
          answer: {
            schema: etlAnswerSchema,
            description: 'The run has ended and the Pushgateway has stored its report.',
          },
        }),
      },
    },
    components: {
      schemas: { Problem: z.toJSONSchema(problemSchema) },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
  };
}

export type OpenApiDocument = ReturnType<typeof openApiDocument>;

interface Operation {
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly object[];
  readonly body: { readonly schema: z.core.$ZodType; readonly required: boolean };
  readonly answer: { readonly schema: z.core.$ZodType; readonly description: string };
}

function operation({ summary, description, parameters, body, answer }: Operation) {
  return {
    summary,
    description,
    // `{}` describes a request without a token. Only a server without `API_TOKEN` accepts such a request.
    security: [{ bearer: [] }, {}],
    parameters: [
      ...parameters,
      {
        name: 'Idempotency-Key',
        in: 'header',
        required: false,
        description:
          'A repetition with the same key and body gets the first answer, and the work is done once.',
        schema: { type: 'string', minLength: 1, maxLength: 255 },
      },
      {
        name: 'Content-Encoding',
        in: 'header',
        required: false,
        description: 'gzip if the body is compressed.',
        schema: { type: 'string', enum: ['gzip', 'identity'], default: 'identity' },
      },
    ],
    requestBody: {
      required: body.required,
      content: { 'application/json': { schema: z.toJSONSchema(body.schema, { io: 'input' }) } },
    },
    responses: {
      200: {
        description: answer.description,
        content: { 'application/json': { schema: z.toJSONSchema(answer.schema) } },
      },
      ...Object.fromEntries(
        Object.entries(refusals).map(([status, text]) => [
          status,
          {
            description: text,
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        ]),
      ),
    },
  };
}
