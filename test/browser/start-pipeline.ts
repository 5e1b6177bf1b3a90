import { shiftPorts } from '../../demo/settings.ts';
import { laptopSystem } from '../../verify/laptop.ts';
import { findingsTable } from '../../verify/table.ts';
import { verifyWithin } from '../../verify/verify.ts';
import { startPipeline, until } from '../live/processes.ts';
import type { PipelineUnderTest } from './pipeline.ts';

/** Maximum time of a start. A start can include the build of all programs. */
const startTimeoutMs = 25 * 60_000;
const firstDataTimeoutMs = 60_000;

export interface StartedPipeline extends PipelineUnderTest {
  readonly stop: () => Promise<void>;
}

/**
 * Starts a pipeline without earlier data.
 * @throws Error if the pipeline does not start or verify fails
 */
export async function startVerifiedPipeline(portOffset: number): Promise<StartedPipeline> {
  const start = startPipeline(['--fresh', '--port-offset', String(portOffset)]);
  let ended: number | string | undefined;
  void start.ended.then((how) => {
    ended = how;
  });
  const isReady = () => ended !== undefined || /^Ready in /m.test(start.output());
  await until(() => `the pipeline is not ready:\n${start.output()}`, isReady, startTimeoutMs);
  if (ended !== undefined) throw new Error(`The pipeline ended with ${ended}:\n${start.output()}`);
  const findings = await verifyWithin(laptopSystem(portOffset), firstDataTimeoutMs);
  if (findings.some(({ verdict }) => verdict === 'fail')) throw new Error(findingsTable(findings));
  return {
    ports: shiftPorts(portOffset),
    stop: async () => {
      start.child.kill('SIGINT');
      await start.ended;
    },
  };
}

/** A pipeline that was running before the tests. Therefore `stop` does nothing. */
export function runningPipeline(portOffset: number): StartedPipeline {
  return { ports: shiftPorts(portOffset), stop: async () => {} };
}
