import type { EtlStage } from '../../metrics/definitions/batch-pusher.ts';
import type { Expression } from '../../metrics/promql.ts';

/** What the button of a step does. */
export type TourAction =
  | { readonly kind: 'burst' }
  | { readonly kind: 'batch'; readonly failAt?: EtlStage }
  /** The component starts again after `seconds`. */
  | { readonly kind: 'kill'; readonly component: string; readonly seconds: number }
  /** `fault` is the name of a fault, such as `edge-cut-off`. */
  | { readonly kind: 'inject' | 'restore'; readonly fault: string };

/** A query that the presenter shows to the audience. */
export interface TourQuery {
  readonly expr: string;
  /** A noun phrase, such as `clients connected to the primary NATS`. */
  readonly shows: string;
  /** Id of a Grafana unit, or `unix` for a Unix time in seconds. Undefined for a number without a unit. */
  readonly unit?: string;
  /**
   * - `curve`: the current values and a line chart
   * - `states`: the current values and a timeline; each value is 0 or 1
   * - `tiles`: only the current values
   *
   * @default curve
   */
  readonly display?: 'curve' | 'states' | 'tiles';
  /** Lowest value of the axis. Without this value, the axis fits the result. */
  readonly min?: number;
  /**
   * Texts for the values 0 and 1, such as `down` and `up`.
   * @default the values are numbers
   */
  readonly states?: readonly [zero: string, one: string];
}

export interface CheckTime {
  /** Whole seconds since the action, at least 1. */
  readonly seconds: number;
  /** In seconds. */
  readonly scrapeInterval: number;
}

/** Succeeds when its expression returns a series. */
interface StateCheck {
  readonly proves: string;
  readonly expr: Expression;
  readonly after?: never;
  readonly untilScrape?: never;
}

interface EffectCheck {
  readonly proves: string;
  /** Id of a step of the Tour. The check examines the effect of the action in that step. */
  readonly after: string;
  /**
   * Number of scrape intervals from the action to the start of the check.
   * The check starts at least one second after the action.
   * @default 0
   */
  readonly fromScrape?: number;
  /** Number of scrape intervals from the action to the end of the check. */
  readonly untilScrape: number;
  readonly expr: (at: CheckTime) => Expression;
}

export type Check = StateCheck | EffectCheck;

export interface ComponentLink {
  readonly text: string;
  readonly component: string;
  /**
   * Path on the server of `component`, such as `/targets`.
   * @default the start page
   */
  readonly page?: string;
}

export type TourLink = { readonly text: string; readonly path: string } | ComponentLink;

/** A question for the audience. The texts are Markdown. */
export interface Question {
  readonly question: string;
  readonly answer: string;
}

/** A command for the terminal that does the same as the button of the step. */
export interface TourCommand {
  /** Description of the command. The text does not end with a full stop. */
  readonly does: string;
  readonly command: string;
}

export interface Step {
  /** Unique in the tour. The URL of the step contains this id. */
  readonly id: string;
  readonly title: string;
  /** Summary of the whole presentation. Only the last step has a summary. */
  readonly closing?: string;
  /** Markdown. What the presenter shows. */
  readonly show: string;
  /** Speaker notes, one Markdown paragraph each. */
  readonly say: readonly string[];
  readonly ask?: Question;
  /**
   * Measured seconds from the action until the check succeeds.
   * @default 0 s
   */
  readonly waitSeconds?: number;
  readonly action?: TourAction;
  readonly links?: readonly TourLink[];
  readonly queries: readonly TourQuery[];
  /** Markdown. What the audience sees if the step works. */
  readonly expect: string;
  readonly check: Check;
  readonly terminal?: readonly TourCommand[];
}

export interface Act {
  readonly number: number;
  readonly title: string;
  readonly minutes: number;
  /** The most important sentence of the act. */
  readonly message: string;
  readonly steps: readonly Step[];
}
