import * as z from 'zod';
import { scrapeIntervalSeconds } from '../config/knobs.ts';
import { type LaptopEngine, ports } from '../config/topology.ts';
import { expectedOnLaptop, expectedWithThanos, sourcePorts } from '../sources/index.ts';
import { alertsApi } from './alerts-api.ts';
import type { System } from './check.ts';
import { getJson } from './get-json.ts';
import { type PrometheusApi, prometheusApi } from './prometheus-api.ts';
import { deletion, pushgatewayApi } from './pushgateway-api.ts';
import { type ThanosServers, thanosApi } from './thanos.ts';

const at = (port: number) => `http://127.0.0.1:${port}`;

/** @param portOffset number that is added to each port */
export function laptopSystem(portOffset = 0, engine: LaptopEngine = 'prometheus'): System {
  const evaluator =
    engine === 'thanos' ? laptopThanos(portOffset).ruler.url : at(sourcePorts.prometheus + portOffset);
  const pushgateway = at(sourcePorts.pushgateway + portOffset);
  return {
    prometheus: engineApi(portOffset, engine),
    pushgateway: async () =>
      pushgatewayApi(pushgateway, (paths) => paths.map((path) => deletion(pushgateway, path))),
    ...(engine === 'thanos' ? expectedWithThanos : expectedOnLaptop),
    startedAt: () => alertsApi(evaluator).startedAt(),
    scrapeIntervalSeconds: scrapeIntervalSeconds.laptop,
    rulesProfile: 'laptop',
  };
}

function engineApi(portOffset: number, engine: LaptopEngine): PrometheusApi {
  return engine === 'thanos'
    ? thanosApi(laptopThanos(portOffset))
    : prometheusApi(at(sourcePorts.prometheus + portOffset));
}

export function laptopThanos(portOffset: number): ThanosServers {
  return {
    querier: { url: at(ports.thanosQuery + portOffset) },
    ruler: { url: at(ports.thanosRule + portOffset) },
    scraper: { url: at(sourcePorts.prometheus + portOffset) },
  };
}

const status = z.object({ components: z.array(z.object({ name: z.string() })) });

/** The engine that the console reports. Returns `prometheus` if the console does not answer. */
export async function runningEngine(portOffset: number): Promise<LaptopEngine> {
  const url = `${at(ports.console + portOffset)}/api/status`;
  const found = await getJson({ url, schema: status }).catch(() => undefined);
  return found?.components.some(({ name }) => name === 'thanos-query') ? 'thanos' : 'prometheus';
}
