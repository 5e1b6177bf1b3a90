import { execa } from 'execa';
import { KubectlError } from './kubectl-error.ts';

/** Ends the registered processes if this process is killed. */
export interface ChildGuard {
  add(pid: number): void;
  remove(pid: number): void;
}

export interface ForwardTarget {
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
}

export interface PortForward {
  /** TCP port on 127.0.0.1. */
  readonly localPort: number;
  /** Resolves with the reason when the port-forward ends. */
  readonly ended: Promise<string>;
  /** Resolves after kubectl has ended. */
  stop(): Promise<unknown>;
}

const openWithinMs = 15_000;
/** Messages of kubectl about an ended pod. kubectl does not always exit after the message. */
const podLost =
  /lost connection to pod|an error occurred forwarding|error creating (error|forwarding) stream/;
const keptOutput = 4000;

/** Returns the reason in the last line of kubectl's output, or an empty string. */
function reasonIn(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const last = lines.findLast((line) => line !== '' && !line.startsWith('Handling connection for '));
  // Example of a kubectl log line: `E1126 06:00:01 6954 portforward.go:424] "message" err="reason"`.
  return /^E\d{4} .* err="((?:[^"\\]|\\.)*)"/.exec(last ?? '')?.[1]?.replaceAll('\\"', '"') ?? last ?? '';
}

export interface OpenOptions {
  readonly guard?: ChildGuard | undefined;
  readonly signal?: AbortSignal;
}

/**
 * Forwards a free port of 127.0.0.1.
 * @param cluster options of kubectl that select the cluster
 * @throws KubectlError after 15 s without a port, or after an abort
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
    // With `detached`, Ctrl-C does not end kubectl. The guard ends kubectl after Node has ended.
    ...(guard && { detached: true, cleanup: false }),
  });
  const { pid } = child;
  if (pid !== undefined) guard?.add(pid);
  let output = '';
  const ended = child.then(({ shortMessage }) => {
    if (pid !== undefined) guard?.remove(pid);
    return reasonIn(output) || (shortMessage ?? 'kubectl has ended');
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
    const cancel = () => giveUp('the program closed the port-forward');
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
        // The message about the end must not contain the startup output of kubectl.
        output = '';
        resolve({ localPort, ended, stop });
      } else if (podLost.test(output)) void stop();
    });
    void ended.then((why) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      // `giveUp` must call `reject` first. Otherwise the error would not contain the reason of `giveUp`.
      queueMicrotask(() => reject(refusal(why)));
    });
  });
}
