import type { TestProject } from 'vitest/node';
import { runningPipeline, startVerifiedPipeline } from './start-pipeline.ts';

/** Different from the offset of the live tests, which run at the same time. */
const portOffset = Number(process.env.BROWSER_PORT_OFFSET ?? 30_000);

/**
 * Starts a pipeline and waits until verify passes. `BROWSER_PIPELINE=<offset>` uses a pipeline that runs already, which
 * saves the start while a view is being written.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env.BROWSER_PIPELINE;
  const { stop, ...pipeline } =
    running === undefined ? await startVerifiedPipeline(portOffset) : runningPipeline(Number(running));
  project.provide('pipeline', pipeline);
  return stop;
}
