import { defineMetrics } from '../definition.ts';

export const nodeMetrics = defineMetrics({
  cpuSeconds: {
    name: 'node_cpu_seconds_total',
    type: 'counter',
    unit: 'seconds',
    help: 'CPU time, by mode.',
    labels: ['cpu', 'mode'],
  },
  memoryAvailable: {
    name: 'node_memory_MemAvailable_bytes',
    type: 'gauge',
    unit: 'bytes',
    help: 'Memory that programs can use without swapping.',
    labels: [],
  },
  memoryTotal: {
    name: 'node_memory_MemTotal_bytes',
    type: 'gauge',
    unit: 'bytes',
    help: 'Total memory.',
    labels: [],
  },
  filesystemAvailable: {
    name: 'node_filesystem_avail_bytes',
    type: 'gauge',
    unit: 'bytes',
    help: 'Free bytes that users other than root can write.',
    labels: ['device', 'device_error', 'fstype', 'mountpoint'],
  },
  filesystemSize: {
    name: 'node_filesystem_size_bytes',
    type: 'gauge',
    unit: 'bytes',
    help: 'Size of the file system.',
    labels: ['device', 'device_error', 'fstype', 'mountpoint'],
  },
});
