import { components } from '../components/list.ts';
import { loopback, type Network, type PortName } from '../network.ts';
import { type Settings, shiftPorts } from '../settings.ts';

/** The Compose service that runs this process. */
export const consoleService = 'console';

/** @param root folder with the bundles and runbooks inside the console image */
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
    // `home` is the folder of Grafana in the official image of Grafana.
    grafanaProgram: { path: 'grafana', args: ['server'], home: '/usr/share/grafana' },
  };
  return { ...settings, network: { listen: '0.0.0.0', hosts: services(settings) } };
}

function services(settings: Settings): Network['hosts'] {
  const list = components(settings);
  const serviceOf = (port: number) => list.find(({ ports }) => ports.includes(port))?.name ?? consoleService;
  const names = Object.entries(settings.ports) as [PortName, number][];
  return Object.fromEntries(names.map(([name, port]) => [name, serviceOf(port)])) as Network['hosts'];
}
