import { App } from 'cdktf';
import * as environments from './config/environments/index.ts';
import { EnvironmentError } from './platforms/check-environments.ts';
import { checkedEnvironments } from './stacks/checked-environments.ts';
import { createStacks } from './stacks/create-stacks.ts';

/** Writes the stacks of all environments to cdktf.out, or to the folder that the CDKTF CLI sets. */
async function main(): Promise<void> {
  const checked = await checkedEnvironments(Object.values(environments));
  const app = new App({ stackTraces: false });
  for (const environment of checked) await createStacks(app, environment);
  app.synth();
}

try {
  await main();
} catch (error) {
  if (!(error instanceof EnvironmentError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
