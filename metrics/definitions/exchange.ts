/**
 * Values of the label `reason` for a failed call to an upstream. Mistakes in the content of an answer have other
 * reasons.
 */
export const exchangeFailures = [
  'timeout',
  'network',
  'http_status',
  'rate_limited',
  'redirected',
  'too_large',
  'unsupported_encoding',
  'malformed',
] as const;

export type ExchangeFailure = (typeof exchangeFailures)[number];
