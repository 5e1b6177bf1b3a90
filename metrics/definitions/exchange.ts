/**
 * Reasons why a call to any upstream fails before the content of the answer is checked. The label `reason` has
 * these values.
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
