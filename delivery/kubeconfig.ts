import { Command } from 'commander';
import { execa } from 'execa';
import { EnvironmentError } from '../platforms/check-environments.ts';
import { CouldNotRun } from './could-not-run.ts';
import { endWith } from './end-with.ts';
import { exitCodes, exitCodesText } from './exit-codes.ts';

const commandMs = 120_000;

const program = new Command('npm run ci:kubeconfig --')
  .description(
    `Writes the kubeconfig context of an environment, for kubectl, npm run verify, npm run drift and npm run drill. ${exitCodesText({ done: 'the context exists', couldNotRun: 'a command of the platform failed' })}`,
  )
  .argument('<environment>', 'such as dev')
  .allowExcessArguments(false)
  .showHelpAfterError()
  .parse();
const [name = ''] = program.args;

await endWith(async () => {
  const { environmentNamed } = await import('../verify/open-system.ts');
  const { platformOf } = await import('../platforms/environment.ts');
  let environment: ReturnType<typeof environmentNamed>;
  try {
    environment = environmentNamed(name);
  } catch (error) {
    throw error instanceof EnvironmentError ? new CouldNotRun(error.message) : error;
  }
  const { kubeconfigCommands } = platformOf(environment);
  const commands = kubeconfigCommands?.(environment.platform) ?? [];
  if (commands.length === 0) {
    console.log(
      `The platform of ${name} has no command that writes a kubeconfig context. The kubeconfig must already contain the context of ${name}.`,
    );
  }
  for (const [command = '', ...args] of commands) {
    await execa(command, args, { timeout: commandMs, stdio: ['ignore', 'inherit', 'inherit'] }).catch(
      (error) => {
        throw new CouldNotRun(
          `${[command, ...args].join(' ')} failed (${error.code ?? `exit code ${error.exitCode}`}). Check that this program is installed (docs/tools.md) and that you are logged in to the cloud.`,
        );
      },
    );
  }
  return exitCodes.done;
});
