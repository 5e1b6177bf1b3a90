import { join } from 'node:path';
import { stopRequest } from '../toolchain/stop-request.ts';
import { ask } from './ask.ts';
import { runDrill } from './command.ts';
import { openTarget } from './targets.ts';

const root = join(import.meta.dirname, '..');

const signal = stopRequest('drill');
const exitCode = await runDrill(process.argv.slice(2), {
  root,
  journals: join(root, '.drill'),
  open: openTarget,
  signal,
  ask: (question) => ask(question, signal),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  env: process.env,
});
// Ends the process even if a connection or a timer is open.
process.exit(exitCode);
