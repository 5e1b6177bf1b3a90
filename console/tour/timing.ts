import type { Act, Step } from './step.ts';

/** Words that a presenter speaks in a minute, slower than in a conversation. */
const wordsPerMinute = 140;
/** Seconds to show a page of the console, and to return to the slide. */
const secondsPerLink = 20;
/** Seconds in which the audience reads a query and its result. */
const secondsPerQuery = 10;
/** Seconds that the audience has for the answer to a question. */
const secondsPerQuestion = 15;

const words = (text: string) => text.split(/\s+/).filter((word) => word !== '').length;

/**
 * The seconds that a step takes: the presenter says the speaker notes, waits for the tick, shows the linked pages and
 * the queries, and asks the question. A presenter speaks also while the step waits. Therefore only the longer time
 * counts: the speech or the wait.
 */
export function secondsOf({ say, ask, waitSeconds = 0, links = [], queries }: Step): number {
  const spoken = [...say, ...(ask ? [ask.question, ask.answer] : [])];
  const speaking = (spoken.reduce((sum, text) => sum + words(text), 0) / wordsPerMinute) * 60;
  const asking = ask ? secondsPerQuestion : 0;
  const showing = links.length * secondsPerLink + queries.length * secondsPerQuery;
  return Math.max(speaking + asking, waitSeconds) + showing;
}

/** The minutes that the steps of an act take. */
export const minutesOf = ({ steps }: Pick<Act, 'steps'>): number =>
  steps.reduce((sum, step) => sum + secondsOf(step), 0) / 60;
