import { homedir } from 'node:os';
import { execa } from 'execa';

/** A cluster, as a context of a kubeconfig. */
export interface Kubeconfig {
  readonly context: string;
  /** @default kubectl's default: KUBECONFIG or ~/.kube/config */
  readonly path?: string;
}

const commandTimeoutMs = 15_000;
const forwardTimeoutMs = 15_000;

/** A failed kubectl command; the message has kubectl's error and the remedy. */
export class KubectlError extends Error {
  override readonly name = 'KubectlError';
}

/** Reads from a cluster and forwards ports of its Services; `close` ends the forwards. */
export class Kubectl {
  readonly #options: readonly string[];
  readonly #stops: (() => Promise<unknown>)[] = [];

  constructor({ context, path }: Kubeconfig) {
    // The tilde is expanded here, because only a shell does it.
    const file = path?.replace(/^~(?=\/)/, homedir());
    this.#options = ['--context', context, ...(file ? ['--kubeconfig', file] : [])];
  }

  /** The shell command with these arguments for the same cluster, for an operator. */
  commandLine(args: readonly string[]): string {
    return ['kubectl', ...this.#options, ...args].map(shellWord).join(' ');
  }

  /** One key of a Secret or ConfigMap, decoded. @throws KubectlError */
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

  /** Forwards a port of a Service to a free port of 127.0.0.1. @returns that port. @throws KubectlError */
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
