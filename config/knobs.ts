/**
 * Intervals, windows and addresses that several components share. The threshold of an alert is declared with its rule
 * in `rules/`; `config/environments/` has the settings of each environment.
 */

/** The public API of Binance P2P, which the USDT exporter calls. */
export const binanceUrl = 'https://p2p.binance.com';
