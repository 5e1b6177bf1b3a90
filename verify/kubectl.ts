import { homedir } from 'node:os';
import { execa } from 'execa';

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
const forwardTimeoutMs = 15_000;

/** A failed kubectl command. The message contains kubectl's error and the remedy. */
export class KubectlError extends Error {
  override readonly name = 'KubectlError';
}

/** Reads objects from a cluster with kubectl, and forwards ports of Services. `close` ends the port-forwards. */
export class Kubectl {
  readonly #options: readonly string[];
  readonly #stops: (() => Promise<unknown>)[] = [];

  constructor({ context, path }: Kubeconfig) {
    // kubectl does not expand `~`; usually a shell does this.
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
    const args = ['port-forward', '--namespace', namespace, `service/${service}`, `:${port}`];
    const child = execa('kubectl', [...this.#options, ...args], { reject: false, buffer: false, all: true });
    this.#stops.push(() => {
      child.kill('SIGTERM');
      return child;
    });
    let output = '';
    return new Promise((resolve, reject) => {
      const refuse = (why: string) =>
        reject(new KubectlError(`Port ${port} of ${namespace}/${service} cannot be forwarded: ${why}`));
      const timer = setTimeout(
        () => refuse(`kubectl printed no port within ${forwardTimeoutMs / 1000} s`),
        forwardTimeoutMs,
      );
      child.all?.on('data', (chunk) => {
        output += chunk;
        const local = /Forwarding from 127\.0\.0\.1:(\d+)/.exec(output)?.[1];
        if (!local) return;
        clearTimeout(timer);
        resolve(Number(local));
      });
      void child.then(({ shortMessage }) => {
        clearTimeout(timer);
        refuse(output.trim() || (shortMessage ?? 'kubectl has ended'));
      });
    });
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
