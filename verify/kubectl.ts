import { homedir } from 'node:os';
import { execa } from 'execa';
import { KeptForward, type KeptForwardOptions } from './kept-forward.ts';
import { KubectlError } from './kubectl-error.ts';
import { type ChildGuard, type ForwardTarget, openForward } from './port-forward.ts';

export { KubectlError };

/** A cluster that a kubeconfig context names. */
export interface Kubeconfig {
  readonly context: string;
  /**
   * Path of the kubeconfig file.
   * @default KUBECONFIG or ~/.kube/config, as in kubectl
   */
  readonly path?: string;
}

const commandTimeoutMs = 15_000;
const maxLogBytes = 1_000_000;

/** Pods whose logs kubectl reads. */
export interface LogSource {
  readonly namespace: string;
  /** A workload such as `deployment/pushgateway`, or `--selector` and labels. */
  readonly of: readonly string[];
  /** @default the pod's first container */
  readonly container?: string;
}

/** Reads objects from a cluster with kubectl, and forwards ports of Services. `close` ends the port-forwards. */
export class Kubectl {
  readonly #options: readonly string[];
  readonly #stops: (() => Promise<unknown>)[] = [];
  readonly #guard: ChildGuard | undefined;

  /** @param guard ends the port-forwards if this process is killed; @default they end with a normal end only */
  constructor({ context, path }: Kubeconfig, guard?: ChildGuard) {
    this.#guard = guard;
    // The tilde is expanded here, because only a shell does it.
    const file = path?.replace(/^~(?=\/)/, homedir());
    this.#options = ['--context', context, ...(file ? ['--kubeconfig', file] : [])];
  }

  /** A kubectl command for the same cluster as text. An operator can run it in a shell. */
  commandLine(args: readonly string[]): string {
    return ['kubectl', ...this.#options, ...args].map(shellWord).join(' ');
  }

  /**
   * The decoded value of a key in a Secret or ConfigMap.
   * @throws KubectlError
   */
  async value(kind: 'secret' | 'configmap', namespace: string, name: string, key: string): Promise<string> {
    const { stdout } = await this.#run(['get', kind, name, '--namespace', namespace, '--output', 'json']);
    const found: string | undefined = JSON.parse(stdout).data?.[key];
    if (found === undefined) throw new KubectlError(`${kind} ${namespace}/${name} has no key ${key}.`);
    return kind === 'secret' ? Buffer.from(found, 'base64').toString('utf8') : found;
  }

  /** The JSON of a Kubernetes object; undefined if it does not exist. @throws KubectlError */
  async find(kind: string, namespace: string, name: string): Promise<unknown> {
    const { stdout } = await this.#run([
      ...['get', kind, name, '--namespace', namespace],
      ...['--ignore-not-found', '--output', 'json'],
    ]);
    return stdout.trim() === '' ? undefined : JSON.parse(stdout);
  }

  /**
   * Forwards a free port on 127.0.0.1 to a port of a Service.
   * @returns the free port.
   * @throws KubectlError
   */
  async forward(namespace: string, service: string, port: number): Promise<number> {
    const forward = await openForward(this.#options, { namespace, service, port }, { guard: this.#guard });
    this.#stops.push(forward.stop);
    return forward.localPort;
  }

  /** The same, but the forward is opened again when it ends. */
  keepForward(target: ForwardTarget, onChange?: KeptForwardOptions['onChange']): KeptForward {
    const open = (signal: AbortSignal) => openForward(this.#options, target, { guard: this.#guard, signal });
    const kept = new KeptForward({ open, ...(onChange && { onChange }) });
    this.#stops.push(() => kept.close());
    return kept;
  }

  /** The last lines of the logs of a workload, at most 1 MB. @throws KubectlError */
  async logs({ namespace, of, container }: LogSource, lines: number): Promise<readonly string[]> {
    const { stdout } = await this.#run([
      'logs',
      ...of,
      ...['--namespace', namespace, '--tail', String(lines), '--limit-bytes', String(maxLogBytes)],
      ...(container === undefined ? [] : ['--container', container]),
    ]);
    // `--tail` counts for each pod of a selector.
    return stdout === '' ? [] : stdout.split('\n').slice(-lines);
  }

  /** Creates a Job from the template of a CronJob. @returns kubectl's report. @throws KubectlError */
  async createJob(namespace: string, cronJob: string, name: string): Promise<string> {
    const args = ['create', 'job', name, `--from=cronjob/${cronJob}`, '--namespace', namespace];
    return (await this.#run(args)).stdout.trim();
  }

  async close(): Promise<void> {
    await Promise.all(this.#stops.map((stop) => stop()));
  }

  async #run(args: readonly string[]) {
    const result = await execa('kubectl', [...this.#options, ...args], {
      reject: false,
      timeout: commandTimeoutMs,
    });
    if (!result.failed) return result;
    const remedy =
      result.code === 'ENOENT'
        ? 'Install kubectl, or put it on PATH.'
        : `Check the connection: kubectl ${this.#options.join(' ')} get nodes`;
    throw new KubectlError(
      `kubectl ${args.slice(0, 3).join(' ')}: ${result.stderr || result.shortMessage}\n${remedy}`,
    );
  }
}

function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
