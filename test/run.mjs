import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { requirePrerequisites } from '../toolchain/prerequisites.mjs';

requirePrerequisites(['vitest', 'tsx', 'commander']);

// A static import would run before the check above. A missing commander then gives no clear message.
const { Command } = await import('commander');
new Command('npm test --')
  .description(
    'Runs the unit tests, the tests of a live pipeline, and the tests of the console in Chromium. To run some tests only: npx vitest run --project unit <file>',
  )
  .showHelpAfterError()
  .parse();

const vitest = (project, stdio, ...options) =>
  spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--project', project, ...options], {
    stdio,
  });
const ended = (child) => new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));

/** Starts tests, and collects their output instead of printing it. */
function startQuietly(project) {
  const child = vitest(project, ['ignore', 'pipe', 'pipe']);
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
  return { child, output, ended: ended(child) };
}

const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
const hasChromium = existsSync(chromium);
const live = startQuietly('live');
/** If true, all browser tests use one pipeline. The Tour then runs last, because the Tour causes faults. */
const sharesPipeline = process.env.BROWSER_PIPELINE !== undefined;
let tour = hasChromium && !sharesPipeline ? startQuietly('tour') : undefined;
// The unit tests use all cores, because the live tests and the browser tests mostly wait.
const units = vitest('unit', 'inherit', '--maxWorkers=100%');
const unitsEnded = ended(units);
let browser;
let stopped = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    stopped = true;
    for (const child of [units, live.child, tour?.child, browser?.child]) child?.kill(signal);
  });
}

const liveCode = await live.ended;
if (!stopped && hasChromium) browser = startQuietly('browser');
const codes = [liveCode, await unitsEnded];
process.stdout.write(Buffer.concat(live.output));
if (browser) {
  console.log(
    'The unit tests and the live tests have ended; the tests of the console in a browser still run…',
  );
}
const finish = async (tests) => {
  codes.push(await tests.ended);
  process.stdout.write(Buffer.concat(tests.output));
};
if (tour) await finish(tour);
if (browser) {
  await finish(browser);
  if (sharesPipeline && !stopped) {
    tour = startQuietly('tour');
    await finish(tour);
  }
} else if (!stopped) {
  console.log(
    `The tests of the console in a browser did not run, because there is no ${chromium}. Install Chromium, or set CHROMIUM to its path.`,
  );
}
process.exitCode = codes.some((code) => code !== 0) ? 1 : 0;
