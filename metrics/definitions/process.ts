import { defineMetrics } from '../definition.ts';

/** All Prometheus client libraries use the names that start with `process_`. */
export const processMetrics = defineMetrics({
  cpuSeconds: {
    name: 'process_cpu_seconds_total',
    type: 'counter',
    unit: 'seconds',
    help: 'Total user and system CPU time spent, in seconds.',
    labels: [],
  },
  startTime: {
    name: 'process_start_time_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'Start time of the process since the Unix epoch, in seconds.',
    labels: [],
  },
  residentMemory: {
    name: 'process_resident_memory_bytes',
    type: 'gauge',
    unit: 'bytes',
    help: 'Resident memory size, in bytes.',
    labels: [],
  },
  heapUsed: {
    name: 'nodejs_heap_size_used_bytes',
    type: 'gauge',
    unit: 'bytes',
    help: 'JavaScript heap in use, in bytes.',
    labels: [],
  },
  heapTotal: {
    name: 'nodejs_heap_size_total_bytes',
    type: 'gauge',
    unit: 'bytes',
    help: 'JavaScript heap allocated, in bytes.',
    labels: [],
  },
  eventLoopUtilization: {
    name: 'nodejs_eventloop_utilization_ratio',
    type: 'gauge',
    unit: 'ratio',
    help: 'Share of the time in which the event loop was busy, from 0 to 1, between the last two scrapes.',
    labels: [],
  },
});
