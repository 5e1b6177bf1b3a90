import { z } from 'zod';
import { matching, prometheusDuration, unevaluated } from './fields.ts';

/** Why an alert or a group of rules does not run. */
export const reason = unevaluated(
  /^(?=.*\S)[^\n]+$/,
  'expected the reason as one line of text, such as a ticket number; the text must not contain ${, %{ or {{',
);

const thresholdValue = z.union([z.number(), prometheusDuration]);

const threshold = z.union([thresholdValue, z.record(z.string(), thresholdValue)], {
  error: 'expected a number, a duration such as 10m, or an object with such a value for each named threshold',
});

/** Names that start with `__` are reserved for Prometheus. */
const labelName = matching(
  /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/,
  'expected the name of a label: letters, digits and underscores, such as team',
);

const labelText = unevaluated(
  /^(?=.*\S)[^\n]+$/,
  'expected one line of text without ${, %{ and {{; a template could change the value of the label, and the alert would fire again at each change',
);

/** Permitted template actions. A wrong action would stop Prometheus from loading any rules. */
const action =
  /\{\{\s*\$(value|labels\.[a-zA-Z_][a-zA-Z0-9_]*)(\s*\|\s*(humanize|humanize1024|humanizeDuration|humanizePercentage|humanizeTimestamp|toUpper|toLower|title))*\s*\}\}/g;

const annotationText = z
  .string()
  .refine((text) => /\S/.test(text) && !/\{\{|\}\}|\$\{|%\{/.test(text.replaceAll(action, '')), {
    message:
      'expected text that is not empty; allowed templates are {{ $labels.<name> }} and {{ $value }}, also with a pipe to humanize, humanize1024, humanizeDuration, humanizePercentage, humanizeTimestamp, toUpper, toLower or title; ${ and %{ are not allowed',
  });

const override = z.strictObject({
  threshold: threshold.exactOptional(),
  for: prometheusDuration.exactOptional(),
  severity: z.enum(['critical', 'warning', 'info']).exactOptional(),
  labels: z.record(labelName, labelText).exactOptional(),
  annotations: z.record(labelName, annotationText).exactOptional(),
  disabled: reason.exactOptional(),
});

export type ThresholdValue = z.infer<typeof thresholdValue>;

export interface AlertOverride {
  /** A number or a duration. For several thresholds: an object with the threshold names as keys. */
  readonly threshold?: ThresholdValue | Readonly<Record<string, ThresholdValue>>;
  readonly for?: string;
  readonly severity?: 'critical' | 'warning' | 'info';
  /** Additional labels. A route of Alertmanager can select the alert by these labels. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Texts that replace or extend the texts of the alert. */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly disabled?: string;
}

/** The keys are names of alerts. */
export type AlertOverrides = Readonly<Record<string, AlertOverride>>;

/** `platforms/alert-rules.ts` checks the names of the alerts and of their thresholds. */
export const alertOverrides: z.ZodType<AlertOverrides, AlertOverrides> = z.record(z.string(), override);
