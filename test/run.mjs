/**
 * `npm test`: runs the unit tests and, at the same time, the tests of a live pipeline, which mostly wait. The output
 * of the live tests follows at the end. Exits with 1 if either fails.
 */
import { spawn } from 'node:child_process';
import { requirePrerequisites } from '../toolchain/prerequisites.mjs';

requirePrerequisites(['vitest', 'tsx', 'commander']);

// Imported here, because a static import would fail before the check above.
const { Command } = await import('commander');
new Command('npm test --')
  .description(
    'Runs the unit tests and the tests of a live pipeline at the same time. To run some tests only: npx vitest run --project unit <file>',
  )
  .showHelpAfterError()
  .parse();

const vitest = (project, stdio) =>
  spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--project', project], { stdio });
const ended = (child) => new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));

const live = vitest('live', ['ignore', 'pipe', 'pipe']);
const output = [];
for (const stream of [live.stdout, live.stderr]) stream.on('data', (chunk) => output.push(chunk));
const liveEnded = ended(live);
const units = vitest('unit', 'inherit');
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of [units, live]) child.kill(signal);
  });
}

const codes = [await ended(units)];
console.log('The unit tests have ended; the tests of the live pipeline still run…');
codes.push(await liveEnded);
process.stdout.write(Buffer.concat(output));
process.exitCode = codes.some((code) => code !== 0) ? 1 : 0;
