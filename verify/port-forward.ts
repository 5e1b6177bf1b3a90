import { execa } from 'execa';
import { KubectlError } from './kubectl-error.ts';

/** Keeps a list of child processes, and ends them if this process ends without doing so. */
export interface ChildGuard {
  add(pid: number): void;
  remove(pid: number): void;
}

export interface ForwardTarget {
  readonly namespace: string;
  readonly service: string;
  /** TCP port of the Service. */
  readonly port: number;
}

export interface PortForward {
  /** TCP port on 127.0.0.1. */
  readonly localPort: number;
  /** Resolves with the reason when the forward has ended. */
  readonly ended: Promise<string>;
  /** Ends kubectl and resolves when it has ended. */
  stop(): Promise<unknown>;
}

const openWithinMs = 15_000;
/** The pod has gone, but kubectl may continue to run and refuse every connection. */
const podLost =
  /lost connection to pod|an error occurred forwarding|error creating (error|forwarding) stream/;
const keptOutput = 4000;

export interface OpenOptions {
  /** Ends kubectl if this process is killed. @default kubectl ends only with a normal end of this process */
  readonly guard?: ChildGuard | undefined;
  /** Ends the attempt. @default the attempt ends after 15 s */
  readonly signal?: AbortSignal;
}

/**
 * Forwards a port of a Service to a free port of 127.0.0.1.
 *
 * @param cluster kubectl's options that select the cluster
 * @throws KubectlError if kubectl forwards no port within 15 s or the signal aborts; kubectl is then stopped
 */
export async function openForward(
  cluster: readonly string[],
  { namespace, service, port }: ForwardTarget,
  { guard, signal }: OpenOptions = {},
): Promise<PortForward> {
  const args = ['port-forward', '--namespace', namespace, `service/${service}`, `:${port}`];
  const child = execa('kubectl', [...cluster, ...args], {
    reject: false,
    buffer: false,
    all: true,
    // A group of its own receives no Ctrl-C of the terminal; the guard ends groups.
    ...(guard && { detached: true, cleanup: false }),
  });
  const { pid } = child;
  if (pid !== undefined) guard?.add(pid);
  let output = '';
  const ended = child.then(({ shortMessage }) => {
    if (pid !== undefined) guard?.remove(pid);
    return output.trim() || (shortMessage ?? 'kubectl has ended');
  });
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  const refusal = (why: string) =>
    new KubectlError(`Port ${port} of ${namespace}/${service} cannot be forwarded: ${why}`);
  return new Promise((resolve, reject) => {
    let localPort: number | undefined;
    const giveUp = (why: string) => {
      void stop().then(() => reject(refusal(why)));
    };
    const timer = setTimeout(
      () => giveUp(`kubectl printed no port within ${openWithinMs / 1000} s`),
      openWithinMs,
    );
    const cancel = () => giveUp('it is not needed any more');
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    child.all?.on('data', (chunk) => {
      output = `${output}${chunk}`.slice(-keptOutput);
      if (localPort === undefined) {
        const found = /Forwarding from 127\.0\.0\.1:(\d+)/.exec(output)?.[1];
        if (found === undefined) return;
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
        localPort = Number(found);
        // What kubectl prints from now on explains how the forward ends.
        output = '';
        resolve({ localPort, ended, stop });
      } else if (podLost.test(output)) void stop();
    });
    void ended.then((why) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      // The reason of `giveUp` comes first.
      queueMicrotask(() => reject(refusal(why)));
    });
  });
}
