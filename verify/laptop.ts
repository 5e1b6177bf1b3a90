import { scrapeIntervalSeconds } from '../config/knobs.ts';
import { expectedOnLaptop, sourcePorts } from '../sources/index.ts';
import type { System } from './check.ts';
import { prometheusApi } from './prometheus-api.ts';
import { deletion, pushgatewayApi } from './pushgateway-api.ts';

/**
 * The laptop pipeline as a system to check.
 * @param portOffset number that is added to each port
 */
export function laptopSystem(portOffset = 0): System {
  const pushgateway = `http://127.0.0.1:${sourcePorts.pushgateway + portOffset}`;
  return {
    prometheus: prometheusApi(`http://127.0.0.1:${sourcePorts.prometheus + portOffset}`),
    pushgateway: async () =>
      pushgatewayApi(pushgateway, (paths) => paths.map((path) => deletion(pushgateway, path))),
    ...expectedOnLaptop,
    scrapeIntervalSeconds: scrapeIntervalSeconds.laptop,
    rulesProfile: 'laptop',
  };
}
