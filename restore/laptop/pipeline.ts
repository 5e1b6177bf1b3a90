import { setTimeout as delay } from 'node:timers/promises';
import { ports } from '../../config/topology.ts';
import { ConsoleClient } from '../../console/cli/client.ts';
import type { ComponentAction, ComponentState, PipelineStatus } from '../../console/controls.ts';
import { sourcePorts } from '../../sources/index.ts';

const stopMs = 15_000;
const pollMs = 50;

/** A running laptop pipeline: its addresses, its folder, and the actions of its console. */
export interface Pipeline {
  readonly folder: string;
  readonly portOffset: number;
  readonly client: ConsoleClient;
  readonly urls: Readonly<Record<'prometheus' | 'alertmanager' | 'pushgateway', string>>;
  /** Stops a component, and waits until it has ended. */
  stop(component: string): Promise<void>;
  start(component: string): Promise<void>;
}

export function pipelineAt(portOffset: number, folder: string): Pipeline {
  const at = (port: number) => `http://127.0.0.1:${port + portOffset}`;
  const client = new ConsoleClient(
    at(ports.console),
    `npm start -- --admin-api${portOffset > 0 ? ` --port-offset ${portOffset}` : ''}`,
  );
  const act = (component: string, action: ComponentAction) =>
    client.call(`/api/components/${encodeURIComponent(component)}`, { method: 'POST', body: { action } });
  const stateOf = async (component: string): Promise<ComponentState | undefined> => {
    const { components } = await client.call<PipelineStatus>('/api/status');
    return components.find(({ name }) => name === component)?.state;
  };
  return {
    folder,
    portOffset,
    client,
    urls: {
      prometheus: at(sourcePorts.prometheus),
      alertmanager: at(sourcePorts.alertmanager),
      pushgateway: at(sourcePorts.pushgateway),
    },
    stop: async (component) => {
      await act(component, 'stop');
      const deadline = Date.now() + stopMs;
      while ((await stateOf(component)) !== 'stopped') {
        if (Date.now() > deadline)
          throw new Error(
            `${component} did not stop within ${stopMs / 1000} s. Check the log of ${component}.`,
          );
        await delay(pollMs);
      }
    },
    start: async (component) => {
      await act(component, 'start');
    },
  };
}
