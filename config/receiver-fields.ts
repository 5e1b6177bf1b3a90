import { z } from 'zod';
import { hostAndPort } from './addresses.ts';
import { plainText, variableName } from './fields.ts';

const receiverBase = z.strictObject({
  /** Name of the receiver. The Terraform variable `alert_receiver_<name>` contains its secret. */
  name: variableName.refine((name) => name !== 'null', {
    message: 'expected a name other than null: the receiver null is reserved for alerts that notify nobody',
  }),
  /** Severities of the alerts that the receiver gets. */
  severities: z.array(z.enum(['critical', 'warning', 'info'])).min(1),
});

export const receiver = z.discriminatedUnion('kind', [
  receiverBase.extend({ kind: z.literal('webhook') }),
  receiverBase.extend({
    kind: z.literal('slack'),
    /** Channel of Slack. */
    channel: z.string().regex(/^#?[\w-]+$/, {
      message: 'expected the name of a channel, such as #monitoring',
    }),
  }),
  receiverBase.extend({ kind: z.literal('teams') }),
  receiverBase.extend({ kind: z.literal('pagerduty') }),
  receiverBase.extend({
    kind: z.literal('email'),
    /** Address to which Alertmanager sends the emails. */
    to: z.email(),
    /** Sender address of the emails. */
    from: z.email(),
    /** Mail server as `host:port`. The server must support STARTTLS. */
    smarthost: hostAndPort,
    /** User name for the mail server. */
    username: plainText,
  }),
]);
