import { pipelinesAt, type RunningPipeline } from './already-running.ts';
import { areFree, type TakenPort } from './port-check.ts';
import { type Settings, shiftPorts } from './settings.ts';

/** Asked in this order for one that is free throughout. */
const suggestedOffsets = Array.from({ length: 20 }, (_, i) => (i + 1) * 1000);

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

async function suggestedMove(): Promise<string> {
  for (const offset of suggestedOffsets) {
    if (await areFree(Object.values(shiftPorts(offset)))) return `npm start -- --port-offset ${offset}`;
  }
  return 'npm start -- --port-offset N';
}
