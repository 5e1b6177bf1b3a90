import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { quickenRequire } = require('./stacks/loading.ts') as typeof import('./stacks/loading.ts');
quickenRequire();
const { checkEnvironments, EnvironmentError } =
  require('./platforms/check-environments.ts') as typeof import('./platforms/check-environments.ts');
const environments =
  require('./config/environments/index.ts') as typeof import('./config/environments/index.ts');

/** Writes the stacks of every environment to cdktf.out, or to the folder that the CLI names. */
async function main(): Promise<void> {
  const sound = checkEnvironments(Object.values(environments));
  // Only now, when there is something to synthesize.
  const { App } = require('cdktf') as typeof import('cdktf');
  const { createStacks } = require('./stacks/create-stacks.ts') as typeof import('./stacks/create-stacks.ts');

  // CDKTF notes down where each of thousands of tokens was made, whatever `stackTraces` says; errors keep their stack.
  Error.captureStackTrace = () => {};
  const app = new App({ stackTraces: false });
  for (const environment of sound) await createStacks(app, environment);
  app.synth();
}

try {
  await main();
} catch (error) {
  if (!(error instanceof EnvironmentError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
