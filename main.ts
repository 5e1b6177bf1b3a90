import { App } from 'cdktf';
import { checkEnvironments, EnvironmentError } from './config/check-environments.ts';
import * as environments from './config/environments/index.ts';
import { createStacks } from './stacks/create-stacks.ts';

try {
  // No stack traces: they would write this machine's paths, and cost a fifth of the time.
  const app = new App({ stackTraces: false });
  for (const environment of checkEnvironments(Object.values(environments))) createStacks(app, environment);
  app.synth();
} catch (error) {
  if (!(error instanceof EnvironmentError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
