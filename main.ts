import { checkEnvironments, EnvironmentError } from './config/check-environments.ts';
import * as environments from './config/environments/index.ts';

/** Writes the stacks of every environment to cdktf.out, or to the folder that the CLI names. */
async function main(): Promise<void> {
  const sound = checkEnvironments(Object.values(environments));
  // tsx switches source maps on, and Node would parse those of every provider module: 8 MB, a fifth of the time and a
  // quarter of the memory. They are loaded only now, and only if there is anything to synthesize.
  process.setSourceMapsEnabled(false);
  const { App } = await import('cdktf');
  const { createStacks } = await import('./stacks/create-stacks.ts');

  const app = new App({ stackTraces: false });
  for (const environment of sound) createStacks(app, environment);
  app.synth();
}

try {
  await main();
} catch (error) {
  if (!(error instanceof EnvironmentError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
