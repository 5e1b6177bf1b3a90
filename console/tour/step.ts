import type { EtlStage } from '../../metrics/definitions/batch-pusher.ts';
import type { Expression } from '../../metrics/promql.ts';

/** What the button of a step does, through the API of the console. */
export type TourAction =
  | { readonly kind: 'burst' }
  | { readonly kind: 'batch'; readonly failAt?: EtlStage }
  | { readonly kind: 'kill'; readonly component: string }
  /** The name of a fault, as the API has it. */
  | { readonly kind: 'inject' | 'restore'; readonly fault: string };

/** A query that a step runs in place. */
export interface TourQuery {
  readonly expr: string;
  /** What the result is, as a noun: `clients connected to the primary NATS`. */
  readonly shows: string;
  /** Unit of the values: Grafana's id, or `unix` for a time in unix seconds. @default a number without a unit */
  readonly unit?: string;
}

/** When a check is evaluated. */
export interface CheckTime {
  /** Whole seconds since the action, at least 1. */
  readonly seconds: number;
  /** Seconds between two scrapes. */
  readonly scrapeInterval: number;
}

/** The expected data is there as soon as the expression returns a series. */
interface StateCheck {
  /** What the series prove, as a whole sentence. */
  readonly proves: string;
  readonly expr: Expression;
  readonly after?: never;
  readonly untilScrape?: never;
}

/** The expected data is there when the expression returns a series because of an action. */
interface EffectCheck {
  readonly proves: string;
  /** Id of the step whose action starts the time. */
  readonly after: string;
  /** Scrape intervals after the action before the first evaluation. @default the first second */
  readonly fromScrape?: number;
  /** Scrape intervals after the action within which the data must be there. */
  readonly untilScrape: number;
  readonly expr: (at: CheckTime) => Expression;
}

export type Check = StateCheck | EffectCheck;

/** Another page: a path of the console, or the page of a component. */
export type TourLink =
  | { readonly text: string; readonly path: string }
  | { readonly text: string; readonly component: string };

/** A command for a terminal, as the second way to do the step. */
export interface TourCommand {
  /** What the command does, as a sentence without its full stop. */
  readonly does: string;
  readonly command: string;
}

export interface Step {
  /** Unique in the tour; a part of the step's address. */
  readonly id: string;
  readonly title: string;
  /** What to show to the audience. Markdown. */
  readonly show: string;
  /** Speaker notes, one paragraph an entry. Markdown. */
  readonly say: readonly string[];
  readonly action?: TourAction;
  readonly links?: readonly TourLink[];
  readonly queries: readonly TourQuery[];
  /** What the audience sees when the step works. Markdown. */
  readonly expect: string;
  readonly check: Check;
  readonly terminal?: readonly TourCommand[];
}

export interface Act {
  readonly number: number;
  readonly title: string;
  readonly minutes: number;
  /** The one sentence that the audience takes home. */
  readonly message: string;
  readonly steps: readonly Step[];
}
