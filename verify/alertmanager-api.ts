import type { Dispatcher } from 'undici';
import * as z from 'zod';
import { direct } from './direct.ts';

const deadlineMs = 5000;

const labels = z.record(z.string(), z.string());
const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

const alerts = z.array(
  z.object({
    fingerprint: z.string(),
    labels,
    startsAt: time,
    status: z.object({
      state: z.enum(['unprocessed', 'active', 'suppressed']),
      inhibitedBy: z.array(z.string()),
      silencedBy: z.array(z.string()),
    }),
  }),
);

const matcher = z.object({
  name: z.string(),
  value: z.string(),
  isRegex: z.boolean(),
  isEqual: z.boolean().default(true),
});

const silences = z.array(
  z.object({
    id: z.string(),
    status: z.object({ state: z.enum(['active', 'pending', 'expired']) }),
    matchers: z.array(matcher),
    startsAt: time,
    endsAt: time,
    createdBy: z.string(),
    comment: z.string(),
  }),
);

const created = z.object({ silenceID: z.string() });

/** An alert that Alertmanager has received. Times are Unix times in milliseconds. */
export type AlertmanagerAlert = z.infer<typeof alerts>[number];
/** A silence, which may have expired. Times are Unix times in milliseconds. */
export type AlertmanagerSilence = z.infer<typeof silences>[number];

export interface NewSilence {
  readonly matchers: readonly z.infer<typeof matcher>[];
  readonly endsAt: Date;
  readonly createdBy: string;
  readonly comment: string;
}

/** Alertmanager refused the request. `message` is the text of Alertmanager's answer. */
export class AlertmanagerRefusal extends Error {
  override readonly name = 'AlertmanagerRefusal';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Each call ends within 5 s.
 * @throws AlertmanagerRefusal for a status from 400 to 499
 * @throws Error for any other failure
 */
export interface AlertmanagerApi {
  /** Every alert that has not ended, including silenced and inhibited alerts. */
  alerts(): Promise<readonly AlertmanagerAlert[]>;
  silences(): Promise<readonly AlertmanagerSilence[]>;
  /** Creates a silence that starts immediately. @returns the id of the silence */
  silence(silence: NewSilence): Promise<string>;
  expire(id: string): Promise<void>;
}

/**
 * @param url URL without a path
 * @param dispatcher trusts the CA of Alertmanager
 */
export function alertmanagerApi(url: string, dispatcher?: Dispatcher): AlertmanagerApi {
  const call = async <T>(
    path: string,
    schema: z.ZodType<T>,
    method: 'GET' | 'POST' | 'DELETE' = 'GET',
    body?: unknown,
  ) => {
    const target = `${url}/api/v2/${path}`;
    const { request } = await import('undici');
    const unreachable = (error: unknown): never => {
      throw new Error(
        `${target}: no answer from Alertmanager (${error instanceof Error ? error.message : error}); check that Alertmanager runs`,
      );
    };
    const response = await request(target, {
      method,
      dispatcher: dispatcher ?? (await direct()),
      signal: AbortSignal.timeout(deadlineMs),
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    }).catch(unreachable);
    const text = await response.body.text().catch(unreachable);
    const { statusCode: status } = response;
    if (status >= 400 && status < 500) throw new AlertmanagerRefusal(status, messageOf(text));
    if (status !== 200) throw new Error(`${target}: HTTP ${status}, ${text.slice(0, 200)}`);
    const parsed = schema.safeParse(text === '' ? undefined : jsonOf(text));
    if (!parsed.success) {
      throw new Error(
        `${target}: unexpected answer; check that the URL belongs to an Alertmanager; ${z.prettifyError(parsed.error)}`,
      );
    }
    return parsed.data;
  };
  return {
    alerts: () => call('alerts', alerts),
    silences: () => call('silences', silences),
    silence: async ({ endsAt, ...silence }) => {
      const body = { ...silence, startsAt: new Date().toISOString(), endsAt: endsAt.toISOString() };
      return (await call('silences', created, 'POST', body)).silenceID;
    },
    expire: async (id) => {
      await call(`silence/${encodeURIComponent(id)}`, z.unknown(), 'DELETE');
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.slice(0, 200);
  }
}

/** Alertmanager returns an error message as a JSON string, or in the field `message` of a JSON object. */
function messageOf(text: string): string {
  const answer = jsonOf(text);
  if (typeof answer === 'string') return answer;
  const { data } = z.object({ message: z.string() }).safeParse(answer);
  return data?.message ?? text.slice(0, 200);
}
