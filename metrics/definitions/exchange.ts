/** Values of the label `reason` for a call without a usable answer. The content of the answer plays no role. */
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
