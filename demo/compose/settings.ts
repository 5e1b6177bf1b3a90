import { components } from '../components/list.ts';
import { loopback, type Network, type PortName } from '../network.ts';
import { type Settings, shiftPorts } from '../settings.ts';

/** The service of the console's process, which also runs the traffic and the mock of Binance. */
export const consoleService = 'console';

/**
 * The settings of the pipeline in containers. Each component is a service; the services reach each other under their
 * names. The ports are those of the laptop.
 * @param root folder of the bundles and runbooks in the console's image
 */
export function composeSettings(root: string, portOffset = 0): Settings {
  const ports = shiftPorts(portOffset);
  const settings: Settings = {
    root,
    dataDir: '/',
    portOffset,
    ports,
    network: loopback(ports),
    open: false,
    fresh: false,
    liveRates: false,
    airflow: false,
    outbound: {},
    grafanaServer: undefined,
    // The program of the official image.
    grafanaProgram: { path: 'grafana', args: ['server'], home: '/usr/share/grafana' },
  };
  return { ...settings, network: { listen: '0.0.0.0', hosts: services(settings) } };
}

/** The service that listens on each port. */
function services(settings: Settings): Network['hosts'] {
  const list = components(settings);
  const serviceOf = (port: number) => list.find(({ ports }) => ports.includes(port))?.name ?? consoleService;
  const names = Object.entries(settings.ports) as [PortName, number][];
  return Object.fromEntries(names.map(([name, port]) => [name, serviceOf(port)])) as Network['hosts'];
}
