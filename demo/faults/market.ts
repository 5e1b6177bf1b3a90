import type { ExpectedAlert } from '../../console/index.ts';
import type { MockMode } from '../mocks/binance.ts';
import type { Fault } from './fault.ts';
import { setMode } from './upstream.ts';

function marketFault(
  name: string,
  mode: MockMode,
  alerts: readonly ExpectedAlert[],
  rest: Pick<Fault, 'title' | 'description' | 'cause' | 'allowed'>,
): Fault {
  return {
    name,
    ...rest,
    area: 'upstream',
    alerts,
    breaks: ['binance-mock'],
    needsMock: true,
    inject: (context) => setMode(context, mode),
    restore: (context) => setMode(context, 'ok'),
  };
}

const rateJumps = marketFault('rate-jumps', 'jump', [{ alert: 'UsdtRateJump' }], {
  title: 'The rate jumps',
  description: 'Every price is 20 % higher. The exporter accepts the prices, because they are plausible.',
  cause: 'A real jump of the market, or a source that returns the prices of another currency pair.',
});

const rateImplausible = marketFault(
  'rate-implausible',
  'implausible',
  [{ alert: 'UsdtRateImplausible', labels: { side: 'buy' } }, { alert: 'UsdtRateStale' }],
  {
    title: 'Binance returns implausible prices',
    description:
      'Every price is three times as high. The exporter refuses the prices and keeps the last good rate.',
    cause: 'A source that returns the prices in a wrong unit, or a source that returns test data.',
    allowed: [
      { alert: 'UsdtRateImplausible' },
      { alert: 'ExporterSloBurningFast' },
      { alert: 'ExporterSloBurningSlow' },
    ],
  },
);

const marketThin = marketFault(
  'market-thin',
  'thin',
  [{ alert: 'UsdtMarketThin', labels: { side: 'buy' } }],
  {
    title: 'The market has few offers',
    description: 'Each side of the market has three offers.',
    cause:
      'Merchants make few offers on a holiday, an exchange blocks merchants, or a filter of offers is too strict.',
    allowed: [{ alert: 'UsdtMarketThin' }],
  },
);

export const marketFaults: readonly Fault[] = [rateJumps, rateImplausible, marketThin];
