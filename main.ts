import { App } from 'cdktf';
import { checkEnvironments, EnvironmentError } from './config/check-environments.ts';
import * as environments from './config/environments/index.ts';
import { createStacks } from './stacks/create-stacks.ts';

/** Writes the stacks of every environment to cdktf.out, or to the folder that the CLI names. */
function main(): void {
  const checked = checkEnvironments(Object.values(environments));
  const app = new App({ stackTraces: false });
  for (const environment of checked) createStacks(app, environment);
  app.synth();
}

try {
  main();
} catch (error) {
  if (!(error instanceof EnvironmentError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
