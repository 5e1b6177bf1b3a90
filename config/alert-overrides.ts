import { z } from 'zod';
import { matching, prometheusDuration, unevaluated } from './fields.ts';

/** A sentence that tells a reader why an alert does not run. Blank text is rejected. */
export const reason = unevaluated(
  /^(?=.*\S)[^\n]+$/,
  'expected the reason as one line of text without ${, %{ and {{, such as the ticket or the decision',
);

const thresholdValue = z.union([z.number(), prometheusDuration]);

const threshold = z.union([thresholdValue, z.record(z.string(), thresholdValue)], {
  error:
    'expected a number, a duration such as 10m, or an object with these values by the name of the threshold',
});

/** Name of a label in Prometheus' notation. Names that start with `__` are reserved for Prometheus. */
const labelName = matching(
  /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/,
  'expected the name of a label: letters, digits and underscores, such as team',
);

const labelText = unevaluated(
  /^(?=.*\S)[^\n]+$/,
  'expected one line of text without ${, %{ and {{; an alert with a changing label would fire again at each change',
);

/** The actions that a text of an alert may contain. A text with a mistake stops Prometheus from loading any rule. */
const action =
  /\{\{\s*\$(value|labels\.[a-zA-Z_][a-zA-Z0-9_]*)(\s*\|\s*(humanize|humanize1024|humanizeDuration|humanizePercentage|humanizeTimestamp|toUpper|toLower|title))*\s*\}\}/g;

const annotationText = z
  .string()
  .refine((text) => /\S/.test(text) && !/\{\{|\}\}|\$\{|%\{/.test(text.replaceAll(action, '')), {
    message:
      'expected text that is not empty; the only templates are {{ $labels.<name> }} and {{ $value | humanize }} with any humanize function; ${ and %{ are not allowed',
  });

const override = z.strictObject({
  threshold: threshold.exactOptional(),
  for: prometheusDuration.exactOptional(),
  severity: z.enum(['critical', 'warning', 'info']).exactOptional(),
  labels: z.record(labelName, labelText).exactOptional(),
  annotations: z.record(labelName, annotationText).exactOptional(),
  disabled: reason.exactOptional(),
});

/** A number, or a duration in Prometheus notation. */
export type ThresholdValue = z.infer<typeof thresholdValue>;

/** The changes of an environment to one alert. */
export interface AlertOverride {
  /** The new threshold. An alert with several thresholds takes an object by the name of the threshold. */
  readonly threshold?: ThresholdValue | Readonly<Record<string, ThresholdValue>>;
  /** Time for which the condition must be true before the alert fires, in Prometheus notation. */
  readonly for?: string;
  readonly severity?: 'critical' | 'warning' | 'info';
  /** Additional labels, for the routes of a receiver. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Texts that replace or extend the texts of the alert. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** The reason why this environment does not have the alert. */
  readonly disabled?: string;
}

/** The changes of an environment to its alerts, by the name of the alert. */
export type AlertOverrides = Readonly<Record<string, AlertOverride>>;

/**
 * The shape of the overrides. The rules know the names and the thresholds; `platforms/alert-rules.ts` compares the
 * overrides with the rules.
 */
export const alertOverrides: z.ZodType<AlertOverrides, AlertOverrides> = z.record(z.string(), override);
