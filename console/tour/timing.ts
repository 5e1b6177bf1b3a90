import type { Act, Step } from './step.ts';

/** Words that a presenter speaks in one minute. People speak faster in a conversation. */
const wordsPerMinute = 140;
/** The presenter opens the link, shows the page, and returns to the slide. */
const secondsPerLink = 20;
const secondsPerQuery = 10;
const secondsPerQuestion = 15;

const words = (text: string) => text.split(/\s+/).filter((word) => word !== '').length;

export function secondsOf({ say, ask, waitSeconds = 0, links = [], queries }: Step): number {
  const spoken = [...say, ...(ask ? [ask.question, ask.answer] : [])];
  const speaking = (spoken.reduce((sum, text) => sum + words(text), 0) / wordsPerMinute) * 60;
  const asking = ask ? secondsPerQuestion : 0;
  const showing = links.length * secondsPerLink + queries.length * secondsPerQuery;
  return Math.max(speaking + asking, waitSeconds) + showing;
}

export const minutesOf = ({ steps }: Pick<Act, 'steps'>): number =>
  steps.reduce((sum, step) => sum + secondsOf(step), 0) / 60;
