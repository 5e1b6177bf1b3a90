import { components } from '../components/list.ts';
import { loopback, type Network, type PortName } from '../network.ts';
import { type Settings, shiftPorts } from '../settings.ts';

/** Name of the service that runs the console, the traffic and the mock of Binance in one process. */
export const consoleService = 'console';

/**
 * Settings of the pipeline in containers. Each component is a service, and the services reach each other by their
 * names. The ports are the same as on the laptop.
 * @param root folder in the image of the console that contains the bundles and runbooks
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
    engine: 'prometheus',
    outbound: {},
    grafanaServer: undefined,
    // Path of the program in the official image.
    grafanaProgram: { path: 'grafana', args: ['server'], home: '/usr/share/grafana' },
  };
  return { ...settings, network: { listen: '0.0.0.0', hosts: services(settings) } };
}

/** Name of the service that listens on each port. */
function services(settings: Settings): Network['hosts'] {
  const list = components(settings);
  const serviceOf = (port: number) => list.find(({ ports }) => ports.includes(port))?.name ?? consoleService;
  const names = Object.entries(settings.ports) as [PortName, number][];
  return Object.fromEntries(names.map(([name, port]) => [name, serviceOf(port)])) as Network['hosts'];
}
