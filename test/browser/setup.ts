import type { TestProject } from 'vitest/node';
import { runningPipeline, startVerifiedPipeline } from './start-pipeline.ts';

/** Live tests and browser tests can run at the same time. Therefore their port offsets differ. */
const portOffset = Number(process.env.BROWSER_PORT_OFFSET ?? 12_500);

/**
 * Starts a pipeline and waits until verify passes. With `BROWSER_PIPELINE=<offset>`, the tests use a running pipeline,
 * which saves the time of a start.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env.BROWSER_PIPELINE;
  const { stop, ...pipeline } =
    running === undefined ? await startVerifiedPipeline(portOffset) : runningPipeline(Number(running));
  project.provide('pipeline', pipeline);
  return stop;
}
