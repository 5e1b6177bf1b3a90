/**
 * Values to tune: intervals, windows and addresses that several parts share. Thresholds of a single alert stand with its
 * rule in `rules/`; settings of an environment stand in `config/environments/`.
 */

/** The public API of Binance P2P, which the USDT exporter calls. */
export const binanceUrl = 'https://p2p.binance.com';
