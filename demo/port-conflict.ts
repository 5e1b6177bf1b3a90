import { blockedPorts } from '../config/blocked-ports.ts';
import { areFree, type TakenPort } from '../toolchain/port-check.ts';
import { pipelinesAt, type RunningPipeline } from './already-running.ts';
import { type Settings, shiftPorts } from './settings.ts';

/** With these port offsets, all ports stay below 32,768. Linux uses ports from 32,768 for outgoing connections. */
const suggestedOffsets = [...thousands(10, 23), ...thousands(1, 9)];

function thousands(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * 1000);
}

/** A message that lists the processes on the taken ports, and the commands to continue. */
export async function describeConflict(
  { portOffset }: Pick<Settings, 'portOffset'>,
  taken: readonly TakenPort[],
): Promise<string> {
  const [pipelines, move] = await Promise.all([pipelinesAt(taken.map(({ port }) => port)), suggestedMove()]);
  const same = pipelines.find((pipeline) => pipeline.portOffset === portOffset);
  if (same) {
    return [
      `The pipeline already runs (pid ${same.pid}): ${same.url}`,
      `Stop it with Ctrl-C in its terminal or kill ${same.pid}, or start a second one: ${move}`,
    ].join('\n');
  }
  const portsOf = (pipeline: RunningPipeline) => {
    const all = Object.values(shiftPorts(pipeline.portOffset));
    return taken.filter(({ port }) => all.includes(port));
  };
  const others = taken.filter((t) => !pipelines.some((pipeline) => portsOf(pipeline).includes(t)));
  const ends = [
    ...pipelines.map(({ pid }) => `end that pipeline (kill ${pid})`),
    ...(others.length > 0 ? [`end the programs that use ${others.map(({ port }) => port).join(', ')}`] : []),
  ];
  return [
    ...pipelines.map((pipeline) => {
      const { pid, portOffset: offset, url } = pipeline;
      const ports = portsOf(pipeline).map(({ port }) => port);
      return `The pipeline with --port-offset ${offset} (pid ${pid}, ${url}) uses ${ports.join(', ')}.`;
    }),
    ...others.map(({ port, holder }) => `Port ${port} is in use${holder ? ` by ${holder}` : ''}.`),
    `Nothing was started. Use free ports: ${move}`,
    `Or ${ends.join(' and ')}.`,
  ].join('\n');
}

/** A command with a free port offset, or with `N` if no offset is free. */
async function suggestedMove(): Promise<string> {
  for (const offset of suggestedOffsets) {
    const ports = shiftPorts(offset);
    if (blockedPorts(ports).length > 0) continue;
    if (await areFree(Object.values(ports))) return `npm start -- --port-offset ${offset}`;
  }
  return `npm start -- --port-offset N (${suggestedOffsets.join(', ')} are also in use or blocked by browsers)`;
}
