import type { TestProject } from 'vitest/node';
import { runningPipeline, startVerifiedPipeline } from './start-pipeline.ts';

/** Port offsets by vitest project. The projects and the live tests can run at the same time. */
const portOffsets: Readonly<Record<string, number>> = {
  browser: Number(process.env.BROWSER_PORT_OFFSET ?? 12_500),
  tour: Number(process.env.TOUR_PORT_OFFSET ?? 16_400),
};

/** Starts a pipeline, unless `BROWSER_PIPELINE` contains the port offset of a running pipeline. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env.BROWSER_PIPELINE;
  const { stop, ...pipeline } =
    running === undefined
      ? await startVerifiedPipeline(portOffsets[project.name] as number)
      : runningPipeline(Number(running));
  project.provide('pipeline', pipeline);
  return stop;
}
