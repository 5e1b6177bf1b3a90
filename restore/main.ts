import { join } from 'node:path';
import { ask } from '../drill/ask.ts';
import { stopRequest } from '../toolchain/stop-request.ts';
import { runRestoreDrill } from './command.ts';
import { openRestoreSystem } from './systems.ts';

const root = join(import.meta.dirname, '..');

const signal = stopRequest('restore-drill');
const exitCode = await runRestoreDrill(process.argv.slice(2), {
  root,
  folder: join(root, '.restore-drill'),
  open: openRestoreSystem,
  signal,
  ask: (question) => ask(question, signal),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  env: process.env,
});
// Without `process.exit`, open connections and timers would delay the end of the process.
process.exit(exitCode);
