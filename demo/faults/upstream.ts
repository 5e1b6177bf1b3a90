import type { FetchErrorReason } from '../../metrics/definitions/usdt.ts';
import { exchange } from '../http-exchange.ts';
import type { MockMode } from '../mocks/binance.ts';
import type { Fault, FaultContext } from './fault.ts';

const deadlineMs = 2000;

/** @throws Error if the mock refuses the mode */
async function setMode({ mockUrl }: FaultContext, mode: MockMode): Promise<void> {
  const { status, text } = await exchange(`${mockUrl}/control`, {
    method: 'PUT',
    body: { mode },
    signal: AbortSignal.timeout(deadlineMs),
  });
  if (status !== 200) throw new Error(`The mock of Binance answered ${status}: ${text}`);
}

function upstreamFault(
  name: string,
  mode: MockMode,
  reason: FetchErrorReason,
  texts: Pick<Fault, 'title' | 'description'>,
): Fault {
  return {
    name,
    ...texts,
    alerts: [{ alert: 'UsdtFetchFailing', labels: { side: 'buy', reason } }],
    breaks: ['binance-mock'],
    needsMock: true,
    inject: (context) => setMode(context, mode),
    restore: (context) => setMode(context, 'ok'),
  };
}

export const upstreamRateLimited = upstreamFault('upstream-rate-limited', 'rate-limited', 'rate_limited', {
  title: 'Binance answers 429',
  description:
    'Binance limits requests from this address and sends Retry-After. The exporter keeps the last good rate, which ages.',
});

export const upstreamTimeout = upstreamFault('upstream-timeout', 'timeout', 'timeout', {
  title: 'Binance does not answer',
  description: 'Binance accepts connections and does not answer, until the exporter’s timeout.',
});

export const upstreamGarbage = upstreamFault('upstream-garbage', 'garbage', 'malformed', {
  title: 'Binance answers HTML',
  description:
    'Binance answers with an HTML page and status 200, as bot protection does. The exporter expects JSON.',
});
