import type { LambdaEvent } from 'hono/aws-lambda';
import { appPath } from './path.ts';

/** The event of a scheduled EventBridge rule or of EventBridge Scheduler. */
export interface ScheduledEvent {
  readonly source: 'aws.events' | 'aws.scheduler';
  readonly 'detail-type': 'Scheduled Event';
}

export type KnownEvent =
  | { readonly kind: 'http'; readonly event: LambdaEvent }
  | { readonly kind: 'scheduled' };

type Fields = Readonly<Record<string, unknown>>;

/**
 * The path of an HTTP event contains no stage and no base path of API Gateway.
 * @throws Error for an unknown event
 */
export function knownEvent(event: unknown): KnownEvent {
  if (isRecord(event)) {
    if (isScheduled(event)) return { kind: 'scheduled' };
    if (isRequest(event)) return { kind: 'http', event: appPath(event) as unknown as LambdaEvent };
  }
  throw new Error(
    'unknown event: expected an HTTP request from API Gateway (format 1.0 or 2.0), from a function URL, from a load balancer ' +
      `or from VPC Lattice, or a "Scheduled Event" from EventBridge, got ${shown(event)}. ` +
      'Invoke the function from one of these sources, or send ' +
      '{"source":"aws.scheduler","detail-type":"Scheduled Event"} to run its task once.',
  );
}

function isScheduled(event: Fields): boolean {
  const { source, 'detail-type': type } = event;
  return (source === 'aws.events' || source === 'aws.scheduler') && type === 'Scheduled Event';
}

function isRequest(event: Fields): boolean {
  // The event of an authorizer has the fields of a request. API Gateway expects a permission as the answer.
  if ('methodArn' in event || 'routeArn' in event) return false;
  const { requestContext: context } = event;
  if (!isRecord(context)) return false;
  if (typeof event.rawPath === 'string') {
    return isRecord(context.http) && typeof context.http.method === 'string';
  }
  if (typeof event.path !== 'string') return false;
  return (
    typeof event.httpMethod === 'string' || ('serviceArn' in context && typeof event.method === 'string')
  );
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Field names for an error message. The values of the fields can be secret. */
function shown(event: unknown): string {
  if (Array.isArray(event)) return 'a list';
  if (!isRecord(event)) return event === null || event === undefined ? 'nothing' : `a ${typeof event}`;
  const names = Object.keys(event);
  if (names.length === 0) return 'an object without fields';
  const kind = [event.source, event['detail-type']].filter((part) => typeof part === 'string').join(' ');
  const more = names.length > 10 ? ', …' : '';
  return `${kind ? `"${kind}", ` : ''}an object with ${names.slice(0, 10).join(', ')}${more}`;
}
