import type { EtlStage } from '../../metrics/definitions/batch-pusher.ts';
import type { Expression } from '../../metrics/promql.ts';

/** An action that the button of a step performs with the API of the console. */
export type TourAction =
  | { readonly kind: 'burst' }
  | { readonly kind: 'batch'; readonly failAt?: EtlStage }
  /** Kills a component, which starts again after `seconds`. */
  | { readonly kind: 'kill'; readonly component: string; readonly seconds: number }
  /** Name of a fault in the console's API. */
  | { readonly kind: 'inject' | 'restore'; readonly fault: string };

/** A query whose result a step shows. */
export interface TourQuery {
  readonly expr: string;
  /** Description of the result as a noun phrase, such as `clients connected to the primary NATS`. */
  readonly shows: string;
  /**
   * Unit of the values: Grafana's id of a unit, or `unix` for a Unix time in seconds.
   * @default a number without a unit
   */
  readonly unit?: string;
  /**
   * How the result is drawn: `curve` over time with the current values, `states` as bars over time for values 0 and 1,
   * or `tiles` with only the current value of every series.
   * @default curve
   */
  readonly display?: 'curve' | 'states' | 'tiles';
  /**
   * Texts of the values 0 and 1, such as `down` and `up`.
   * @default the values are numbers
   */
  readonly states?: readonly [zero: string, one: string];
}

/** The time of an evaluation. */
export interface CheckTime {
  /** Whole seconds since the action, at least 1. */
  readonly seconds: number;
  /** Seconds between two scrapes. */
  readonly scrapeInterval: number;
}

/** A check that succeeds as soon as its expression returns a series. */
interface StateCheck {
  /** What the returned series prove, as a whole sentence. */
  readonly proves: string;
  readonly expr: Expression;
  readonly after?: never;
  readonly untilScrape?: never;
}

/** A check that succeeds if its expression returns a series during a period after an action. */
interface EffectCheck {
  readonly proves: string;
  /** Id of the step whose action has the effect. */
  readonly after: string;
  /**
   * Number of scrape intervals between the action and the first evaluation.
   * @default the first evaluation happens after one second
   */
  readonly fromScrape?: number;
  /** Number of scrape intervals after the action in which the data must arrive. */
  readonly untilScrape: number;
  readonly expr: (at: CheckTime) => Expression;
}

export type Check = StateCheck | EffectCheck;

/** A link to a path of the console, or to the page of a component. */
export type TourLink =
  | { readonly text: string; readonly path: string }
  | {
      readonly text: string;
      readonly component: string;
      /**
       * Path of the page on the component.
       * @default the page that the component itself names
       */
      readonly page?: string;
    };

/** A question for the audience, with the answer, as Markdown. */
export interface Question {
  readonly question: string;
  readonly answer: string;
}

/** A terminal command that does the same as the step. */
export interface TourCommand {
  /** What the command does, as a sentence without a full stop. */
  readonly does: string;
  readonly command: string;
}

export interface Step {
  /** Id of the step, unique in the tour. It is a part of the step's URL. */
  readonly id: string;
  readonly title: string;
  /** What the presenter shows to the audience, as Markdown. */
  readonly show: string;
  /** Speaker notes as Markdown, with an entry for each paragraph. */
  readonly say: readonly string[];
  /** @default the step has no question */
  readonly ask?: Question;
  /**
   * Measured seconds between the action and the tick. The presenter speaks during this time.
   * @default the tick appears at once
   */
  readonly waitSeconds?: number;
  readonly action?: TourAction;
  readonly links?: readonly TourLink[];
  readonly queries: readonly TourQuery[];
  /** What the audience sees if the step works, as Markdown. */
  readonly expect: string;
  readonly check: Check;
  readonly terminal?: readonly TourCommand[];
}

export interface Act {
  readonly number: number;
  readonly title: string;
  readonly minutes: number;
  /** The most important sentence of the act for the audience. */
  readonly message: string;
  readonly steps: readonly Step[];
}
