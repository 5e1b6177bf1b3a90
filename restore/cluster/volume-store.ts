import { readdirSync } from 'node:fs';
import type { Kubectl } from '../../verify/kubectl.ts';
import { KubectlError } from '../../verify/kubectl.ts';
import type { Recording, Store } from '../store.ts';
import { claimsOf, type Volumes } from './volume.ts';
import { podsOf, scaleBack, scaleToZero, type Workload } from './workload.ts';

/** A store whose data is in the volumes of a workload. */
export interface VolumeStoreProps extends Pick<Store, 'name' | 'program' | 'prepare' | 'tidy' | 'newest'> {
  readonly workload: Workload;
  /**
   * Returns a sentence if the volumes have too little data for a drill.
   * @default no check of the volumes
   */
  readonly lacks?: () => Promise<string | undefined>;
  /** Reads the content through the program's API for a comparison. */
  readonly record?: () => Promise<Recording>;
}

const noContent: Recording = { parts: [], reread: async () => [] };

/** The backup copies the volumes of a stopped program, because a running program changes its files. */
export function volumeStore(kubectl: Kubectl, volumes: Volumes, props: VolumeStoreProps): Store {
  const { workload, lacks, record, ...others } = props;
  const { kind, namespace, name } = workload;
  /** Names of the volume claims. `backup` reads them while the pods exist, and `erase` needs them later. */
  let claims: readonly string[] = [];
  return {
    ...others,
    deletes: `the volumes of ${kind} ${namespace}/${name}`,
    lacks: lacks ?? (async () => undefined),
    record: record ?? (async () => noContent),
    backup: async (folder) => {
      const pods = await podsOf(kubectl, workload);
      claims = claimsOf(pods);
      if (claims.length === 0) {
        throw new KubectlError(
          `The drill cannot back up ${kind} ${namespace}/${name}, because its pods have no persistent volume. Nothing was deleted. Add a persistent volume to this ${kind}, and deploy it again.`,
        );
      }
      await scaleToZero(kubectl, workload);
      const completeUntil = Date.now();
      const context = pods[0]?.spec.securityContext ?? {};
      let bytes = 0;
      let files = 0;
      for (const claim of claims) {
        const copy = await volumes.backup(claim, context, folder);
        bytes += copy.bytes;
        files += copy.files;
      }
      return { completeUntil, bytes, parts: [{ name: 'files', count: files, unit: 'files' }] };
    },
    stop: () => scaleToZero(kubectl, workload),
    start: () => scaleBack(kubectl, workload),
    erase: async () => {
      for (const claim of claims) await volumes.remove(claim);
    },
    restore: async (folder) => {
      await scaleToZero(kubectl, workload);
      for (const claim of claimsIn(folder)) await volumes.restore(claim, folder);
      await scaleBack(kubectl, workload);
    },
  };
}

const claimsIn = (folder: string) =>
  readdirSync(folder).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : []));
