import type { TestProject } from 'vitest/node';
import { runningPipeline, startVerifiedPipeline } from './start-pipeline.ts';

/** Port offset of the pipeline. The live tests use another offset, because they can run at the same time. */
const portOffset = Number(process.env.BROWSER_PORT_OFFSET ?? 12_500);

/**
 * Starts a pipeline and waits until verify passes. With `BROWSER_PIPELINE=<offset>`, the tests use a pipeline that
 * already runs. A developer who writes a page then does not wait for a start.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env.BROWSER_PIPELINE;
  const { stop, ...pipeline } =
    running === undefined ? await startVerifiedPipeline(portOffset) : runningPipeline(Number(running));
  project.provide('pipeline', pipeline);
  return stop;
}
