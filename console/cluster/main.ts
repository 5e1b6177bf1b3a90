import { Command, InvalidArgumentError } from 'commander';
import { BundleError } from '../../bundling/cached-bundle.mjs';
import * as environments from '../../config/environments/index.ts';
import { ports } from '../../config/topology.ts';
import { EnvironmentError } from '../../platforms/check-environments.ts';
import { stopRequest } from '../../toolchain/stop-request.ts';
import { refuseKeptByNpm } from '../../verify/kept-by-npm.ts';
import { KubectlError } from '../../verify/kubectl-error.ts';
import { environmentNamed } from '../../verify/open-system.ts';
import { PortError } from './port.ts';
import { serve } from './serve.ts';

const names = Object.keys(environments);

const program = new Command('npm run console --')
  .description(
    'Serves the web console of a cluster, through port-forwards of kubectl. The console reads the cluster, and can start the batch. Ctrl-C ends the console and the port-forwards. Exit codes: 0 ended by Ctrl-C or a signal, 1 the console cannot be served.',
  )
  .argument('<environment>', names.join(', '), (name) => {
    if (!names.includes(name)) throw new InvalidArgumentError(`Expected one of ${names.join(', ')}.`);
    return name;
  })
  .option('--port <N>', 'the port of the page on 127.0.0.1', portNumber, ports.console)
  .option('--no-open', 'does not open the page in a browser')
  .showHelpAfterError();
refuseKeptByNpm(program, process.env);
program.parse();
const [name = ''] = program.args;
const { port, open } = program.opts<{ port: number; open: boolean }>();

const stopping = stopRequest('console');
try {
  const environment = environmentNamed(name);
  const onReady = (url: string) => {
    console.log(`The console of ${environment.name}: ${url}\nCtrl-C ends it and its port-forwards.`);
    if (open && process.stdout.isTTY) void openInBrowser(url);
  };
  await serve({ environment, port, onReady, report: (sentence) => console.error(sentence) }, stopping);
} catch (error) {
  if (!stopping.aborted) {
    const foreseen = [BundleError, EnvironmentError, KubectlError, PortError].some((k) => error instanceof k);
    if (!foreseen) throw error;
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
// Without `exit`, the process would wait for a running kubectl.
process.exit();

async function openInBrowser(url: string): Promise<void> {
  const { default: openUrl } = await import('open');
  await openUrl(url).catch(() => {});
}

function portNumber(text: string): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (number < 1024 || number > 65_535) throw new InvalidArgumentError('Expected a port from 1024 to 65535.');
  return number;
}
