import { matching } from '../promql.ts';

/** Every cluster's NATS exporter: a PodMonitor's job is `<namespace>/<name>`. */
export const natsJobs = matching('.+/nats');

/** Every edge cluster's agent. */
export const agentJobs = matching('.+/prometheus-agent');
