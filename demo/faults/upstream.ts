import type { IntensityScale } from '../../console/index.ts';
import type { FetchErrorReason } from '../../metrics/definitions/usdt.ts';
import { exchange } from '../http-exchange.ts';
import type { MockMode } from '../mocks/binance.ts';
import type { Fault, FaultContext } from './fault.ts';
import { resume, suspend } from './suspend.ts';

const deadlineMs = 2000;

/** Share of the requests to Binance that fail. With less than 20 %, some minutes would have no failure. */
const share: IntensityScale = {
  title: 'share of the requests',
  unit: '%',
  min: 20,
  max: 100,
  step: 5,
  default: 100,
};

/** @throws Error if the mock refuses the mode */
export async function setMode({ mockUrl }: FaultContext, mode: MockMode, percent = 100): Promise<void> {
  const { status, text } = await exchange(`${mockUrl}/control`, {
    method: 'PUT',
    body: { mode, share: percent / 100 },
    signal: AbortSignal.timeout(deadlineMs),
  });
  if (status !== 200) throw new Error(`The mock of Binance answered ${status}: ${text}`);
}

function upstreamFault(
  name: string,
  mode: MockMode,
  reason: FetchErrorReason,
  texts: Pick<Fault, 'title' | 'description' | 'cause'>,
): Fault {
  return {
    name,
    ...texts,
    area: 'upstream',
    alerts: [{ alert: 'UsdtFetchFailing', labels: { side: 'buy', reason } }],
    allowed: [
      { alert: 'UsdtFetchFailing', labels: { reason } },
      { alert: 'UsdtRateStale' },
      { alert: 'UsdtRateFrozen' },
      { alert: 'ExporterSloBurningFast' },
      { alert: 'ExporterSloBurningSlow' },
    ],
    breaks: ['binance-mock'],
    intensity: share,
    needsMock: true,
    inject: (context, percent) => setMode(context, mode, percent),
    restore: (context) => setMode(context, 'ok'),
  };
}

const upstreamRateLimited = upstreamFault('upstream-rate-limited', 'rate-limited', 'rate_limited', {
  title: 'Binance answers 429',
  description:
    'Binance refuses requests from this address and sends Retry-After. The exporter keeps the last good rate, which ages.',
  cause: 'Too many requests from one address, such as a NAT gateway that many programs share.',
});

const upstreamTimeout = upstreamFault('upstream-timeout', 'timeout', 'timeout', {
  title: 'Binance does not answer',
  description:
    'Binance accepts connections but sends no answer. Requests of the exporter end with a timeout.',
  cause: 'An overloaded upstream, or a firewall that discards packets.',
});

const upstreamGarbage = upstreamFault('upstream-garbage', 'garbage', 'malformed', {
  title: 'Binance answers HTML',
  description: 'Binance answers with an HTML page and status 200. The exporter expects JSON.',
  cause: 'Protection against bots, a login page of a proxy, or a changed API.',
});

const exporterFrozen: Fault = {
  name: 'usdt-exporter-frozen',
  title: 'The USDT exporter hangs',
  area: 'upstream',
  description:
    'The exporter is suspended. The exporter accepts connections and does not answer. Each scrape ends at its timeout, and Prometheus stores no samples of the exchange rate.',
  cause: 'A deadlock, a container without spare processor time, or a node that hangs.',
  alerts: [{ alert: 'UsdtExporterDown' }],
  allowed: [
    { alert: 'UsdtRateMissing' },
    { alert: 'UsdtRateStale' },
    { alert: 'UsdtRateFrozen' },
    { alert: 'ExporterSloBurningFast' },
    { alert: 'ExporterSloBurningSlow' },
  ],
  breaks: ['usdt-exporter'],
  process: 'suspended',
  inject: async (context) => suspend(context, 'usdt-exporter'),
  restore: async (context) => resume(context, 'usdt-exporter'),
};

const exporterWithoutRate: Fault = {
  name: 'usdt-exporter-without-rate',
  title: 'The USDT exporter has no exchange rate after a restart',
  area: 'upstream',
  description:
    'Binance answers with an HTML page, and then the exporter restarts once. The exporter answers scrapes, but has no rate to show.',
  cause: 'A restart during an outage of Binance, or a new network policy that blocks the exporter.',
  alerts: [{ alert: 'UsdtRateMissing' }],
  allowed: [
    { alert: 'UsdtFetchFailing' },
    { alert: 'UsdtExporterDown' },
    { alert: 'UsdtRateStale' },
    { alert: 'ExporterSloBurningFast' },
    { alert: 'ExporterSloBurningSlow' },
  ],
  breaks: ['binance-mock', 'usdt-exporter'],
  needsMock: true,
  process: 'killed',
  inject: async (context) => {
    await setMode(context, 'garbage');
    await context.stop('usdt-exporter');
    context.start('usdt-exporter');
  },
  restore: (context) => setMode(context, 'ok'),
};

export const upstreamFaults: readonly Fault[] = [
  upstreamRateLimited,
  upstreamTimeout,
  upstreamGarbage,
  exporterFrozen,
  exporterWithoutRate,
];
