import type { EtlStage } from '../../metrics/definitions/batch-pusher.ts';
import type { Expression } from '../../metrics/promql.ts';

/** The action of the button of a step. The console performs it through its API. */
export type TourAction =
  | { readonly kind: 'burst' }
  | { readonly kind: 'batch'; readonly failAt?: EtlStage }
  /** Kills a component. The component starts again after `seconds`. */
  | { readonly kind: 'kill'; readonly component: string; readonly seconds: number }
  /** Injects or ends a fault. `fault` is its name in the API of the console. */
  | { readonly kind: 'inject' | 'restore'; readonly fault: string };

/** A query whose result the presenter shows to the audience. */
export interface TourQuery {
  readonly expr: string;
  /** The result as a noun phrase, such as `clients connected to the primary NATS`. */
  readonly shows: string;
  /**
   * Id of a Grafana unit, or `unix` for a Unix time in seconds.
   * @default a number without a unit
   */
  readonly unit?: string;
  /**
   * How the result is drawn. `curve`: lines over time, and the current values. `states`: bars over time, for values 0
   * and 1. `tiles`: only the current value of every series.
   * @default curve
   */
  readonly display?: 'curve' | 'states' | 'tiles';
  /**
   * Lowest value of the axis of a curve.
   * @default below the lowest value of the result
   */
  readonly min?: number;
  /**
   * Texts of the values 0 and 1, such as `down` and `up`.
   * @default the values are numbers
   */
  readonly states?: readonly [zero: string, one: string];
}

export interface CheckTime {
  /** Whole seconds since the action, at least 1. */
  readonly seconds: number;
  /** Seconds between two scrapes. */
  readonly scrapeInterval: number;
}

/** Succeeds when its expression returns a series. */
interface StateCheck {
  /** What the series prove, as a whole sentence. */
  readonly proves: string;
  readonly expr: Expression;
  readonly after?: never;
  readonly untilScrape?: never;
}

/** Succeeds if its expression returns a series in a period after an action. */
interface EffectCheck {
  readonly proves: string;
  /** Id of the step with the action. */
  readonly after: string;
  /**
   * Number of scrape intervals between the action and the first evaluation.
   * @default the first evaluation is one second after the action
   */
  readonly fromScrape?: number;
  /** The data must arrive within this number of scrape intervals after the action. */
  readonly untilScrape: number;
  readonly expr: (at: CheckTime) => Expression;
}

export type Check = StateCheck | EffectCheck;

/** The page of a component. */
export interface ComponentLink {
  readonly text: string;
  readonly component: string;
  /**
   * Path of the page on the server of the component.
   * @default the URL of the component in the live state
   */
  readonly page?: string;
}

/** A path of the console, or the page of a component. */
export type TourLink = { readonly text: string; readonly path: string } | ComponentLink;

/** A question for the audience, with the answer, as Markdown. */
export interface Question {
  readonly question: string;
  readonly answer: string;
}

/** A terminal command with the same effect as the step. */
export interface TourCommand {
  /** A sentence without a full stop. */
  readonly does: string;
  readonly command: string;
}

export interface Step {
  /** Unique in the tour. Part of the step's URL. */
  readonly id: string;
  readonly title: string;
  /**
   * The most important sentence of the whole presentation. Only the last step has this sentence, and stands for all acts.
   * @default the step belongs to the message of its act
   */
  readonly closing?: string;
  /** Markdown. What the presenter shows. */
  readonly show: string;
  /** Speaker notes: one Markdown paragraph for each entry. */
  readonly say: readonly string[];
  /** @default the step has no question */
  readonly ask?: Question;
  /**
   * Measured seconds between the action of the step and its tick. The presenter speaks during this time.
   * @default the tick appears at once
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
