import { setTimeout as delay } from 'node:timers/promises';
import { bundleConsole } from '../console/bundle.ts';
import { SettingsError } from '../settings/read-settings.ts';
import { sourceConflicts } from '../sources/index.ts';
import { describeFileError } from '../toolchain/file-error.mjs';
import { leftoversEnded, obtainPrograms, renderProgress, ToolchainError } from '../toolchain/index.ts';
import { takenPorts } from '../toolchain/port-check.ts';
import { stopRequest } from '../toolchain/stop-request.ts';
import { local } from './component.ts';
import { components as componentList, componentsWithoutPage, programNames } from './components/list.ts';
import { thanosPorts } from './engine.ts';
import { bundleFunctions, bundlesFolder } from './function-bundles.ts';
import { Laptop } from './laptop.ts';
import { readyReport } from './report.ts';
import { parseSettings, type Settings } from './settings.ts';
import { StartFailed } from './start-failed.ts';
import { requireWritable } from './writable.ts';

/** `npm start`: runs the pipeline until a signal, and sets the exit code. */
export async function main({ root, argv }: { root: string; argv: readonly string[] }): Promise<void> {
  const settings = parseSettings(root, argv, process.env);
  const stopping = stopRequest('start');
  const laptop = new Laptop(settings);
  try {
    await run(settings, laptop, stopping);
  } catch (error) {
    if (!stopping.aborted) {
      console.error(explain(error, settings));
      process.exitCode = 1;
    }
  }
  await laptop.stop();
  if (stopping.aborted) console.log('The pipeline is stopped; no process is left.');
  process.exit();
}

async function run(settings: Settings, laptop: Laptop, signal: AbortSignal): Promise<void> {
  requireDistinctSources();
  requireWritable([settings.dataDir, bundlesFolder(settings.root)]);
  await leftoversEnded(settings.dataDir);
  await requireFreePorts(settings);
  await bundleConsole(settings.root);
  await laptop.openConsole().catch(async (error: unknown) => {
    await requireFreePorts(settings);
    throw error;
  });
  const list = componentList(settings);
  const progress = renderProgress(process.stderr);
  const [programs] = await Promise.all([
    obtainPrograms({
      names: programNames(list),
      signal,
      onProgress: progress,
      onNotice: progress.say,
    }).finally(() => progress.end()),
    bundleFunctions(settings.root, list),
  ]);
  if (settings.grafanaNotice !== undefined) progress.say(settings.grafanaNotice);
  const airflow = settings.airflow ? await obtainAirflow(settings, signal) : undefined;
  await laptop.start(programs, signal, airflow);
  const { components } = await laptop.status();
  const withoutPage = componentsWithoutPage(list, programs);
  console.log(readyReport(settings, components, process.uptime(), withoutPage));
  void laptop.provisionGrafana(signal).then((outcome) => outcome !== undefined && console.log(outcome));
  if (settings.open && process.stdout.isTTY) await openInBrowser(local(settings.ports.console));
  await untilAborted(signal);
}

async function openInBrowser(url: string): Promise<void> {
  const { default: open } = await import('open');
  await open(url).catch(() => {});
}

async function obtainAirflow({ root }: Settings, signal: AbortSignal) {
  const { installAirflow } = await import('./airflow/installation.ts');
  const installation = await installAirflow({ root, signal, onProgress: (line) => console.error(line) });
  console.error(`Starting Airflow ${installation.version}, which takes about a minute.`);
  return installation;
}

async function requireFreePorts(settings: Settings): Promise<void> {
  const { ports, liveRates, airflow, engine, grafanaProgram } = settings;
  const idle = [
    ...(liveRates ? [ports.binanceMock] : []),
    ...(airflow ? [] : [ports.airflow]),
    ...(grafanaProgram ? [] : [ports.grafana]),
    ...(engine === 'thanos' ? [] : thanosPorts(ports)),
  ];
  const needed = Object.values(ports).filter((port) => !idle.includes(port));
  const taken = await takenPorts(needed);
  if (taken.length === 0) return;
  const { describeConflict } = await import('./port-conflict.ts');
  throw new StartFailed(await describeConflict(settings, taken));
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) await delay(2 ** 30, undefined, { signal }).catch(() => {});
}

function explain(error: unknown, { portOffset, root }: Settings): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'ENOSPC') {
    const again = `npm start -- --fresh${portOffset > 0 ? ` --port-offset ${portOffset}` : ''}`;
    return `The disk is full (${error.message}). Free some space, or delete stored data: ${again}`;
  }
  // Only an unexpected error is printed with its stack trace.
  const foreseen = [StartFailed, ToolchainError, SettingsError].some((kind) => error instanceof kind);
  return foreseen ? error.message : (describeFileError(error, root) ?? error.stack ?? error.message);
}

function requireDistinctSources(): void {
  const conflicts = sourceConflicts();
  if (conflicts.length === 0) return;
  const lines = conflicts.map(({ setting, message }) => `${setting}: ${message}`);
  throw new ToolchainError(
    'Some sources of metrics have the same job, port or function name. Change these settings:',
    lines.join('\n'),
  );
}
