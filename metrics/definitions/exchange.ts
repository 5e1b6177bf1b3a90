/**
 * Values of the label `reason`: why a call to an upstream fails before the exporter checks the content of the answer.
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
