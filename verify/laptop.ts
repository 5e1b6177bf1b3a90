import { expectedOnLaptop, ports, scrapeIntervalSeconds } from '../config/topology.ts';
import type { System } from './check.ts';
import { prometheusApi } from './prometheus-api.ts';

/** The laptop pipeline, with its ports moved up by `portOffset`. */
export function laptopSystem(portOffset = 0): System {
  return {
    prometheus: prometheusApi(`http://127.0.0.1:${ports.prometheus + portOffset}`),
    ...expectedOnLaptop,
    scrapeIntervalSeconds: scrapeIntervalSeconds.laptop,
    rulesProfile: 'laptop',
  };
}
