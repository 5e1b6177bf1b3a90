import { pipelinesAt, type RunningPipeline } from './already-running.ts';
import { blockedPorts } from './blocked-ports.ts';
import { areFree, type TakenPort } from './port-check.ts';
import { type Settings, shiftPorts } from './settings.ts';

/**
 * The first is the README's. All ports stay below 32,768, where Linux begins to take ports for outgoing connections.
 */
const suggestedOffsets = [...thousands(10, 23), ...thousands(1, 9)];

function thousands(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * 1000);
}

/** What to tell the one who starts where ports are taken: by whom, and what will help. */
export async function describeConflict(
  { portOffset }: Pick<Settings, 'portOffset'>,
  taken: readonly TakenPort[],
): Promise<string> {
  const [pipelines, move] = await Promise.all([pipelinesAt(taken.map(({ port }) => port)), suggestedMove()]);
  const same = pipelines.find((pipeline) => pipeline.portOffset === portOffset);
  if (same) {
    return [
      `The pipeline is running already (pid ${same.pid}): ${same.url}`,
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
    ...(others.length > 0 ? [`end what holds ${others.map(({ port }) => port).join(', ')}`] : []),
  ];
  return [
    ...pipelines.map((pipeline) => {
      const { pid, portOffset: offset, url } = pipeline;
      const ports = portsOf(pipeline).map(({ port }) => port);
      return `Taken by the pipeline that runs with --port-offset ${offset} (pid ${pid}, ${url}): ${ports.join(', ')}.`;
    }),
    ...others.map(({ port, holder }) => `Port ${port} is taken${holder ? ` by ${holder}` : ''}.`),
    `Nothing was started. Use ports that are free: ${move}`,
    `Or ${ends.join(' and ')}.`,
  ].join('\n');
}

/** A command that starts the pipeline on ports that are free now and not blocked by browsers. */
async function suggestedMove(): Promise<string> {
  for (const offset of suggestedOffsets) {
    const ports = shiftPorts(offset);
    if (blockedPorts(ports).length > 0) continue;
    if (await areFree(Object.values(ports))) return `npm start -- --port-offset ${offset}`;
  }
  return `npm start -- --port-offset N (${suggestedOffsets.join(', ')} are taken as well or blocked by browsers)`;
}
