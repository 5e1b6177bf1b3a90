import type { FetchErrorReason } from '../../metrics/definitions/usdt.ts';
import { exchange } from '../http-exchange.ts';
import type { MockMode } from '../mocks/binance.ts';
import type { Fault, FaultContext } from './fault.ts';

const deadlineMs = 2000;

/** @throws Error when the stand-in does not take it */
async function setMode({ mockUrl }: FaultContext, mode: MockMode): Promise<void> {
  const { status, text } = await exchange(`${mockUrl}/control`, {
    method: 'PUT',
    body: { mode },
    signal: AbortSignal.timeout(deadlineMs),
  });
  if (status !== 200) throw new Error(`The stand-in for Binance answered ${status}: ${text}`);
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
    needsMock: true,
    inject: (context) => setMode(context, mode),
    restore: (context) => setMode(context, 'ok'),
  };
}

export const upstreamRateLimited = upstreamFault('upstream-rate-limited', 'rate-limited', 'rate_limited', {
  title: 'Binance answers 429',
  description:
    'Too many requests from this address; each answer asks to wait. The last good rate stays and ages.',
});

export const upstreamTimeout = upstreamFault('upstream-timeout', 'timeout', 'timeout', {
  title: 'Binance does not answer',
  description: 'Connections are taken and nothing comes back, until the exporter gives up.',
});

export const upstreamGarbage = upstreamFault('upstream-garbage', 'garbage', 'malformed', {
  title: 'Binance answers HTML',
  description: 'A block page with status 200 where JSON is expected, as bot protection serves it.',
});
