import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { charts } from '../../config/charts.ts';
import { credentialSecrets } from '../../config/cluster-names.ts';
import type { Environment } from '../../config/environment.ts';
import { restrictedContainer } from '../../config/pod-security.ts';
import { type Kubectl, KubectlError } from '../../verify/kubectl.ts';
import { type Pod, until } from './workload.ts';

const goneMs = 120_000;
const runningMs = 120_000;

const claimShape = z.object({
  metadata: z.object({
    name: z.string(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
  spec: z.looseObject({}),
});

/** The file `<claim>.json` of a backup. `files` maps the path of each file to the SHA-256 of this file. */
const volumeShape = z.object({
  claim: claimShape,
  securityContext: z.record(z.string(), z.unknown()),
  files: z.record(z.string(), z.string()),
});
type VolumeBackup = z.infer<typeof volumeShape>;

/** Shell commands of a helper pod. The commands skip `lost+found`, which only root can read. */
const pack = [
  'cd /volume',
  'set --',
  'for entry in * .[!.]*; do if [ -e "$entry" ] && [ "$entry" != lost+found ]; then set -- "$@" "./$entry"; fi; done',
  'if [ $# -eq 0 ]; then exit 0; fi',
  'exec tar -c -f - "$@"',
].join('; ');
const unpack = 'cd /volume && exec tar -x -f -';
const digests = 'cd /volume && find . -path ./lost+found -prune -o -type f -exec sha256sum {} +';

export const claimsOf = (pods: readonly Pod[]): readonly string[] => [
  ...new Set(
    pods.flatMap(({ spec }) =>
      spec.volumes.flatMap(({ persistentVolumeClaim: claim }) => (claim ? [claim.claimName] : [])),
    ),
  ),
];

/** Copies volumes of stopped pods to local files and back, in a helper pod that mounts the volume. */
export class Volumes {
  readonly #kubectl: Kubectl;
  readonly #namespace: string;
  readonly #image: string;
  readonly #pullSecret: string | undefined;

  /** @param images the mirror and the pull secret for the image of the helper pod */
  constructor(kubectl: Kubectl, namespace: string, { images }: Pick<Environment, 'images'>) {
    // The helper pod uses the NATS image, because this image contains a shell and tar.
    const { registry, repository, tag } = charts.nats.images.nats;
    this.#kubectl = kubectl;
    this.#namespace = namespace;
    this.#image = `${images.mirror ?? registry}/${repository}:${tag}`;
    this.#pullSecret = images.pullSecret ? credentialSecrets.registry : undefined;
  }

  /** Writes `<claim>.tar` and `<claim>.json` to a folder. */
  async backup(claim: string, securityContext: Pod['spec']['securityContext'], folder: string) {
    const found = claimShape.parse(await this.#kubectl.find('persistentvolumeclaim', this.#namespace, claim));
    const tar = join(folder, `${claim}.tar`);
    const files = await this.#mounted(claim, securityContext, async (pod) => {
      await this.#kubectl.execute(this.#namespace, pod, ['sh', '-c', pack], { output: tar });
      await this.#requireComplete(pod, tar);
      return this.#digests(pod);
    });
    const volume: VolumeBackup = { claim: withoutVolume(found), securityContext, files };
    writeFileSync(join(folder, `${claim}.json`), JSON.stringify(volume, null, 2));
    return { bytes: statSync(tar).size, files: Object.keys(files).length };
  }

  /** Deletes a claim, and also its volume unless the reclaim policy is `Retain`. */
  async remove(claim: string): Promise<void> {
    await this.#removed('persistentvolumeclaim', claim);
  }

  /**
   * Creates a claim again and restores its files.
   * @throws KubectlError if files are missing or different
   */
  async restore(claim: string, folder: string): Promise<void> {
    const file = join(folder, `${claim}.json`);
    const {
      claim: manifest,
      securityContext,
      files,
    } = volumeShape.parse(JSON.parse(readFileSync(file, 'utf8')));
    await this.remove(claim);
    await this.#kubectl.create({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      ...manifest,
      metadata: { ...manifest.metadata, namespace: this.#namespace },
    });
    const input = join(folder, `${claim}.tar`);
    const restored = await this.#mounted(claim, securityContext, async (pod) => {
      if (statSync(input).size > 0) {
        await this.#kubectl.execute(this.#namespace, pod, ['sh', '-c', unpack], { input });
      }
      return this.#digests(pod);
    });
    const wrong = Object.entries(files).filter(([path, digest]) => restored[path] !== digest);
    if (wrong.length === 0) return;
    const named = wrong.slice(0, 5).map(([path]) => path);
    throw new KubectlError(
      `The volume of ${this.#namespace}/${claim} is not complete: ${wrong.length} of ${Object.keys(files).length} files are missing or different, such as ${named.join(', ')}.`,
    );
  }

  /**
   * kubectl can lose the end of a stream without an error.
   * @throws KubectlError if the archive differs from the volume
   */
  async #requireComplete(pod: string, tar: string): Promise<void> {
    const expected = await this.#kubectl.execute(this.#namespace, pod, ['sh', '-c', `(${pack}) | sha256sum`]);
    if (expected.startsWith(await sha256Of(tar))) return;
    throw new KubectlError(
      `The backup ${tar} differs from the volume in pod ${this.#namespace}/${pod}, because the connection lost data. The volume is unchanged. Start the drill again.`,
    );
  }

  async #digests(pod: string): Promise<Record<string, string>> {
    const output = await this.#kubectl.execute(this.#namespace, pod, ['sh', '-c', digests]);
    const lines = output.split('\n').filter((line) => line !== '');
    return Object.fromEntries(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
  }

  /** Calls `action` with the name of a temporary pod that mounts the volume at /volume. */
  async #mounted<T>(
    claim: string,
    securityContext: Pod['spec']['securityContext'],
    action: (pod: string) => Promise<T>,
  ): Promise<T> {
    const name = helperName(claim);
    await this.#removed('pod', name);
    await this.#kubectl.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: this.#namespace },
      spec: {
        restartPolicy: 'Never',
        automountServiceAccountToken: false,
        terminationGracePeriodSeconds: 1,
        // The helper pod has the program's user and group, therefore the program owns the restored files.
        securityContext,
        ...(this.#pullSecret && { imagePullSecrets: [{ name: this.#pullSecret }] }),
        containers: [
          {
            name: 'copy',
            image: this.#image,
            command: ['sleep', '86400'],
            resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '256Mi' } },
            securityContext: restrictedContainer,
            volumeMounts: [{ name: 'volume', mountPath: '/volume' }],
          },
        ],
        volumes: [{ name: 'volume', persistentVolumeClaim: { claimName: claim } }],
      },
    });
    try {
      await until(
        runningMs,
        () => this.#isRunning(name),
        () => `The helper pod ${this.#namespace}/${name} with the volume ${claim} does not run`,
      );
      return await action(name);
    } finally {
      await this.#removed('pod', name);
    }
  }

  async #isRunning(pod: string): Promise<boolean> {
    const found = await this.#kubectl.find('pod', this.#namespace, pod);
    return (
      z.looseObject({ status: z.looseObject({ phase: z.string() }) }).parse(found).status.phase === 'Running'
    );
  }

  async #removed(kind: string, name: string): Promise<void> {
    await this.#kubectl.remove(kind, this.#namespace, name);
    await until(
      goneMs,
      async () => (await this.#kubectl.find(kind, this.#namespace, name)) === undefined,
      () => `${kind} ${this.#namespace}/${name} is not deleted`,
    );
  }
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

const helperName = (claim: string) => `restore-drill-${claim}`.slice(0, 55).replace(/[-.]+$/, '');

/** Removes the volume name and the provisioner annotations. Therefore Kubernetes creates a new volume. */
function withoutVolume({ metadata, spec }: z.infer<typeof claimShape>): z.infer<typeof claimShape> {
  const { volumeName: _, ...wanted } = spec;
  const annotations = Object.entries(metadata.annotations ?? {}).filter(
    ([name]) => !/^(pv|volume(\.beta)?)\.kubernetes\.io\//.test(name),
  );
  const { name, labels } = metadata;
  return {
    metadata: { name, ...(labels && { labels }), annotations: Object.fromEntries(annotations) },
    spec: wanted,
  };
}
