import { Agent, buildConnector, type Dispatcher } from 'undici';
import { services } from '../../config/cluster-names.ts';
import type { Environment } from '../../config/environment.ts';
import { platformOf } from '../../platforms/environment.ts';
import { sourcePorts } from '../../sources/index.ts';
import { caCertificate, readerCertificate, thanosServices } from '../../verify/cluster.ts';
import type { KeptForward } from '../../verify/kept-forward.ts';
import { Kubectl } from '../../verify/kubectl.ts';
import type { ChildGuard, ForwardTarget } from '../../verify/port-forward.ts';

/** A server in the cluster that the console reaches through a port-forward. */
export interface ForwardedServer {
  /** The port has no effect, because `dispatcher` connects to the port-forward. */
  readonly url: string;
  /** Trusts the CA of the platform. */
  readonly dispatcher: Dispatcher;
}

export interface ConnectOptions {
  /** Ends kubectl if this process is killed. */
  readonly guard: ChildGuard;
  /** Called when a port-forward ends, and when the port-forward is open again. */
  readonly report: (sentence: string) => void;
  readonly signal: AbortSignal;
}

/** The kubectl clients and the port-forwards of an environment. `close` ends the port-forwards. */
export interface ClusterConnection {
  readonly kubectl: Kubectl;
  /** @throws Error if no edge with this name has a separate cluster */
  readonly kubectlOfEdge: (name: string) => Kubectl;
  readonly prometheus: ForwardedServer;
  readonly thanos?: { readonly querier: ForwardedServer; readonly ruler: ForwardedServer };
  readonly alertmanager: ForwardedServer;
  readonly close: () => Promise<void>;
}

/** @throws KubectlError if the cluster, Prometheus or the Thanos querier cannot be reached */
export async function connectTo(
  environment: Environment,
  { guard, report, signal }: ConnectOptions,
): Promise<ClusterConnection> {
  const platform = platformOf(environment);
  const kubectl = new Kubectl(platform.kubeconfig(environment.platform), guard);
  const dispatchers: Dispatcher[] = [];
  const close = async () => {
    await kubectl.close();
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.destroy()));
  };
  try {
    const aborted = new Promise<never>((_, reject) => {
      if (signal.aborted) reject(signal.reason);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    const isThanos = environment.central.engine === 'thanos';
    const [ca, client] = await Promise.race([
      Promise.all([caCertificate(kubectl), isThanos ? readerCertificate(kubectl) : undefined]),
      aborted,
    ]);
    const forwarded = (target: ForwardTarget) => {
      const title = `${target.namespace}/${target.service}`;
      const forward = kubectl.keepForward(target, reporter(title, report));
      const dispatcher = dispatcherTo(forward, title, { ca, ...client });
      dispatchers.push(dispatcher);
      return { forward, url: `https://localhost:${target.port}`, dispatcher };
    };
    const ofStack = (name: 'prometheus' | 'alertmanager') => {
      const { namespace, name: service } = services[name];
      return forwarded({ namespace, service, port: sourcePorts[name] });
    };
    const prometheus = ofStack('prometheus');
    const alertmanager = ofStack('alertmanager');
    const thanos = isThanos && {
      querier: forwarded(thanosServices.querier),
      ruler: forwarded(thanosServices.ruler),
    };
    // The page works without Alertmanager and the ruler.
    const needed = [prometheus, ...(thanos ? [thanos.querier] : [])];
    await Promise.race([Promise.all(needed.map(({ forward }) => forward.opened)), aborted]);
    return {
      kubectl,
      kubectlOfEdge: edgeKubectl(environment),
      prometheus,
      alertmanager,
      ...(thanos && { thanos }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Connects to the current local port of a port-forward.
 * @param tls PEM texts
 */
function dispatcherTo(
  forward: KeptForward,
  title: string,
  tls: { readonly ca: string; readonly cert?: string; readonly key?: string },
): Agent {
  const connect = buildConnector(tls);
  return new Agent({
    connect: (options, callback) => {
      const { state } = forward;
      if (!state.open) {
        callback(
          new Error(
            `the port-forward to ${title} is down: ${state.reason}. The console opens the port-forward again`,
          ),
          null,
        );
        return;
      }
      const port = String(state.localPort);
      connect({ ...options, hostname: '127.0.0.1', port, servername: 'localhost' }, callback);
    },
  });
}

/** Reports the end and the reopening of a port-forward. Further failed attempts are not reported. */
function reporter(title: string, report: (sentence: string) => void) {
  let isDown = false;
  return (state: KeptForward['state']) => {
    if (!state.open && !isDown) {
      report(
        `The port-forward to ${title} has ended: ${state.reason}. The console opens the port-forward again.`,
      );
    }
    if (state.open && isDown) report(`The port-forward to ${title} is open again.`);
    isDown = !state.open;
  };
}

function edgeKubectl({ edges, platform }: Environment) {
  return (name: string) => {
    const cluster = edges.find((edge) => edge.name === name)?.cluster;
    if (!cluster) throw new Error(`the environment has no edge ${name} in a separate cluster`);
    return new Kubectl(platformOf({ platform }).edgeKubeconfig(cluster));
  };
}
