/**
 * `npm test`: runs the unit tests and the live tests at the same time, then the browser tests. The browser tests run
 * alone, because they measure times. The exit code is 1 if a test fails.
 */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { requirePrerequisites } from '../toolchain/prerequisites.mjs';

requirePrerequisites(['vitest', 'tsx', 'commander']);

// A static import would run before the check above, and would fail without a clear message if commander is missing.
const { Command } = await import('commander');
new Command('npm test --')
  .description(
    'Runs the unit tests, the tests of a live pipeline, and the tests of the console in Chromium. To run some tests only: npx vitest run --project unit <file>',
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
let browser;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of [units, live, browser]) child?.kill(signal);
  });
}

const codes = [await ended(units)];
console.log('The unit tests have ended; the tests of the live pipeline still run…');
codes.push(await liveEnded);
process.stdout.write(Buffer.concat(output));
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (existsSync(chromium)) {
  browser = vitest('browser', 'inherit');
  codes.push(await ended(browser));
} else {
  console.log(
    `The tests of the console in a browser did not run, because there is no ${chromium}. Install Chromium, or set CHROMIUM to its path.`,
  );
}
process.exitCode = codes.some((code) => code !== 0) ? 1 : 0;
