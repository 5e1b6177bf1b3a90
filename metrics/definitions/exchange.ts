/**
 * Values of the label `reason` for a failed call to an upstream. If an upstream answers but the content is wrong, the
 * reason has another value.
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
