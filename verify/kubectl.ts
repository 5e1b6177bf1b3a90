import { homedir } from 'node:os';
import { execa } from 'execa';
import { KeptForward, type KeptForwardOptions } from './kept-forward.ts';
import { KubectlError } from './kubectl-error.ts';
import { itemsIn, onlyUnknownKinds, shellWord } from './kubectl-text.ts';
import { type ChildGuard, type ForwardTarget, openForward } from './port-forward.ts';

export { KubectlError };

export interface Kubeconfig {
  readonly context: string;
  /** @default KUBECONFIG or ~/.kube/config, as in kubectl */
  readonly path?: string;
}

const commandTimeoutMs = 15_000;
const copyTimeoutMs = 30 * 60_000;
const maxLogBytes = 1_000_000;
const manyObjectsTimeoutMs = 60_000;

export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

export interface ExecuteFiles {
  /** File for the standard input of the command. */
  readonly input?: string;
  /** File for the standard output of the command. */
  readonly output?: string;
}

export interface LogSource {
  readonly namespace: string;
  /** Arguments that select the pods, such as `deployment/pushgateway`, or `--selector` and labels. */
  readonly of: readonly string[];
  /** @default the default container of the pod, as in kubectl */
  readonly container?: string;
}

/** Reads and changes objects in a cluster, and forwards ports. `close` ends the port-forwards. */
export class Kubectl {
  readonly #options: readonly string[];
  readonly #stops: (() => Promise<unknown>)[] = [];
  readonly #guard: ChildGuard | undefined;

  /** @param guard ends the port-forwards if the current process is killed */
  constructor({ context, path }: Kubeconfig, guard?: ChildGuard) {
    this.#guard = guard;
    // kubectl does not expand `~`.
    const file = path?.replace(/^~(?=\/)/, homedir());
    this.#options = ['--context', context, ...(file ? ['--kubeconfig', file] : [])];
  }

  /** A kubectl command that an operator can run in a shell. */
  commandLine(args: readonly string[]): string {
    return ['kubectl', ...this.#options, ...args].map(shellWord).join(' ');
  }

  /** A helm command for this cluster that an operator can run in a shell. */
  helmCommandLine(args: readonly string[]): string {
    const [, ...context] = this.#options;
    return ['helm', '--kube-context', ...context, ...args].map(shellWord).join(' ');
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

  /**
   * The JSON of a Kubernetes object; undefined if the object does not exist.
   * @throws KubectlError
   */
  async find(kind: string, namespace: string, name: string): Promise<unknown> {
    const { stdout } = await this.#run([
      ...['get', kind, name, '--namespace', namespace],
      ...['--ignore-not-found', '--output', 'json'],
    ]);
    return stdout.trim() === '' ? undefined : JSON.parse(stdout);
  }

  /**
   * The objects with these names. Missing objects and unknown kinds are left out.
   * @throws KubectlError
   */
  async objects(references: readonly ObjectReference[]): Promise<readonly object[]> {
    if (references.length === 0) return [];
    const items = references.map(({ apiVersion, kind, name, namespace }) => ({
      ...{ apiVersion, kind },
      metadata: { name, ...(namespace !== undefined && { namespace }) },
    }));
    const { stdout, failure } = await this.#try(
      ['get', '--filename', '-', '--ignore-not-found', '--show-managed-fields', '--output', 'json'],
      { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }), timeoutMs: manyObjectsTimeoutMs },
    );
    if (failure && !onlyUnknownKinds(failure.message)) throw failure;
    return itemsIn(stdout);
  }

  /**
   * @returns a free port of 127.0.0.1 that is forwarded to the Service
   * @throws KubectlError
   */
  async forward(namespace: string, service: string, port: number): Promise<number> {
    const forward = await openForward(this.#options, { namespace, service, port }, { guard: this.#guard });
    this.#stops.push(forward.stop);
    return forward.localPort;
  }

  /** Opens a port-forward, and opens the port-forward again whenever it ends. */
  keepForward(target: ForwardTarget, onChange?: KeptForwardOptions['onChange']): KeptForward {
    const open = (signal: AbortSignal) => openForward(this.#options, target, { guard: this.#guard, signal });
    const kept = new KeptForward({ open, ...(onChange && { onChange }) });
    this.#stops.push(() => kept.close());
    return kept;
  }

  /**
   * The last lines of a workload's logs, at most 1 MB for each pod.
   * @throws KubectlError
   */
  async logs({ namespace, of, container }: LogSource, lines: number): Promise<readonly string[]> {
    const { stdout } = await this.#run([
      'logs',
      ...of,
      ...['--namespace', namespace, '--tail', String(lines), '--limit-bytes', String(maxLogBytes)],
      ...(container === undefined ? [] : ['--container', container]),
    ]);
    // If a selector matches several pods, kubectl applies `--tail` to each pod.
    return stdout === '' ? [] : stdout.split('\n').slice(-lines);
  }

  /**
   * Creates a Job from the template of a CronJob. Returns the output of kubectl.
   * @throws KubectlError
   */
  async createJob(namespace: string, cronJob: string, name: string): Promise<string> {
    const args = ['create', 'job', name, `--from=cronjob/${cronJob}`, '--namespace', namespace];
    return (await this.#run(args)).stdout.trim();
  }

  /**
   * Changes fields of an object with a JSON merge patch.
   * @throws KubectlError
   */
  async patch(kind: string, namespace: string, name: string, patch: object): Promise<void> {
    const change = ['--type', 'merge', '--patch', JSON.stringify(patch)];
    await this.#run(['patch', kind, name, '--namespace', namespace, ...change]);
  }

  /** @throws KubectlError */
  async create(manifest: object): Promise<void> {
    // Every user of the machine can read process arguments, but not standard input.
    await this.#run(['create', '--filename', '-'], JSON.stringify(manifest));
  }

  /** Deletes an object. Has no effect if the object does not exist. @throws KubectlError */
  async remove(kind: string, namespace: string, name: string): Promise<void> {
    // With `--wait=false`, kubectl does not wait. The deletion of a pod can take 30 s.
    await this.#run(['delete', kind, name, '--namespace', namespace, '--ignore-not-found', '--wait=false']);
  }

  /** Deletes the pods with these labels. Their controllers create new pods. @throws KubectlError */
  async removePods(namespace: string, selector: string): Promise<void> {
    await this.#run(['delete', 'pods', '--selector', selector, '--namespace', namespace, '--wait=false']);
  }

  /**
   * Whether the user has a right in a namespace.
   * @throws KubectlError if the cluster does not answer
   */
  async may(verb: string, resource: string, namespace: string): Promise<boolean> {
    // kubectl exits with 1 for the answer `no`.
    const args = ['auth', 'can-i', verb, resource, '--namespace', namespace];
    const { stdout, failure } = await this.#try(args);
    if (/^(yes|no)\b/.test(stdout)) return stdout.startsWith('yes');
    throw failure ?? new KubectlError(`kubectl ${args.join(' ')}: ${stdout}`);
  }

  /**
   * The objects with these labels.
   * @param namespace undefined for all namespaces
   * @throws KubectlError
   */
  async list(kind: string, namespace: string | undefined, selector: string): Promise<readonly unknown[]> {
    const scope = namespace === undefined ? ['--all-namespaces'] : ['--namespace', namespace];
    const { stdout, failure } = await this.#try(
      ['get', kind, ...scope, '--selector', selector, '--output', 'json'],
      { timeoutMs: manyObjectsTimeoutMs },
    );
    if (failure) throw failure;
    return itemsIn(stdout);
  }

  /**
   * Runs a command in the default container of a pod, and returns its output.
   * @throws KubectlError
   */
  async execute(
    namespace: string,
    pod: string,
    command: readonly string[],
    { input, output }: ExecuteFiles = {},
  ): Promise<string> {
    const args = ['exec', ...(input ? ['--stdin'] : []), '--namespace', namespace, pod, '--', ...command];
    const result = await execa('kubectl', [...this.#options, ...args], {
      reject: false,
      timeout: copyTimeoutMs,
      ...(input && { inputFile: input }),
      // The output goes directly to the file, because a copy of a volume does not fit into the memory.
      ...(output && { stdout: { file: output }, buffer: { stdout: false } }),
    });
    if (!result.failed) return result.stdout ?? '';
    throw new KubectlError(
      `kubectl exec in ${namespace}/${pod}: ${result.stderr || reasonOf(result, copyTimeoutMs)}`,
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.#stops.map((stop) => stop()));
  }

  async #run(args: readonly string[], input?: string): Promise<{ readonly stdout: string }> {
    const { stdout, failure } = await this.#try(args, { input });
    if (failure) throw failure;
    return { stdout };
  }

  async #try(
    args: readonly string[],
    {
      input,
      timeoutMs = commandTimeoutMs,
    }: { readonly input?: string | undefined; readonly timeoutMs?: number } = {},
  ): Promise<{ readonly stdout: string; readonly failure?: KubectlError }> {
    const result = await execa('kubectl', [...this.#options, ...args], {
      reject: false,
      timeout: timeoutMs,
      ...(input !== undefined && { input }),
    });
    const { stdout } = result;
    if (!result.failed) return { stdout };
    const remedy =
      result.code === 'ENOENT'
        ? 'Install kubectl, or put it on PATH.'
        : `Check the connection: kubectl ${this.#options.join(' ')} get nodes`;
    const failure = new KubectlError(
      `kubectl ${args.slice(0, 3).join(' ')}: ${result.stderr || reasonOf(result, timeoutMs)}\n${remedy}`,
    );
    return { stdout, failure };
  }
}

/** Replaces the message of execa, because that message contains all arguments, such as a patch. */
function reasonOf(
  {
    timedOut,
    code,
    exitCode,
  }: {
    readonly timedOut: boolean;
    readonly code?: string | undefined;
    readonly exitCode?: number | undefined;
  },
  timeoutMs: number,
): string {
  if (timedOut) return `timed out after ${timeoutMs} milliseconds`;
  return code ?? (exitCode === undefined ? 'was ended by a signal' : `ended with the exit code ${exitCode}`);
}
