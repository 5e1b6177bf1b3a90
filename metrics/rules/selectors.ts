import { sources } from '../../sources/index.ts';
import { matching, notMatching } from '../promql.ts';

/** Every cluster's NATS exporter: a PodMonitor's job is `<namespace>/<name>`. */
export const natsJobs = matching(sources.natsExporter.jobsOfAllClusters);

/** Every edge cluster's agent. */
export const agentJobs = matching(sources.prometheusAgent.jobsOfAllClusters);

/** File systems that are on a disk; the others are memory, or show again what another one has. */
export const onDisk = {
  fstype: notMatching('tmpfs|ramfs|overlay|squashfs|fuse.*'),
  mountpoint: notMatching('/run.*'),
} as const;
