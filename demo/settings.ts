import { Command, InvalidArgumentError, Option } from 'commander';
import { blockedPorts } from '../config/blocked-ports.ts';
import { type LaptopEngine, laptopEngines } from '../config/topology.ts';
import { SettingsError } from '../settings/read-settings.ts';
import { ToolchainError } from '../toolchain/index.ts';
import { afterSeparator, refuseKeptByNpm } from '../verify/kept-by-npm.ts';
import { runFolder } from './data-folders.ts';
import { findGrafana, type GrafanaProgram } from './grafana/program.ts';
import { type GrafanaServer, readGrafanaServer } from './grafana/settings.ts';
import { loopback, type Network } from './network.ts';
import { outboundVariables } from './outbound.ts';
import { ports as basePorts, type Ports } from './ports.ts';

export type { Ports } from './ports.ts';

export interface Settings {
  readonly root: string;
  /** Folder for the configuration, data and logs of this port offset. */
  readonly dataDir: string;
  readonly portOffset: number;
  readonly ports: Ports;
  readonly network: Network;
  readonly open: boolean;
  readonly fresh: boolean;
  readonly liveRates: boolean;
  readonly airflow: boolean;
  readonly engine: LaptopEngine;
  /**
   * Whether the central Prometheus serves its admin API, which can also delete samples.
   * @default false
   */
  readonly adminApi?: boolean;
  /** The Grafana at GRAFANA_URL. The pipeline imports the dashboards into this Grafana. */
  readonly grafanaServer: GrafanaServer | undefined;
  /** The Grafana program on PATH, unless the user gives `--no-grafana` or GRAFANA_URL. */
  readonly grafanaProgram: GrafanaProgram | undefined;
  /** Why the Grafana on PATH cannot run. */
  readonly grafanaNotice?: string;
  /** Proxy and CA variables for the exporter that calls Binance. Empty without `liveRates`. */
  readonly outbound: Readonly<Record<string, string>>;
}

const highestPort = Math.max(...Object.values(basePorts));
const highestOffset = 65_535 - highestPort;

/**
 * Ends the process after `--help` or a mistake of the user.
 * @param env includes `npm_config_*`
 */
export function parseSettings(
  root: string,
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Settings {
  const program = new Command('npm start --')
    .description('Runs the whole pipeline on this machine with the real programs. Ctrl-C stops everything.')
    .addOption(
      new Option('--port-offset <N>', `adds N to every port (0 to ${highestOffset})`)
        .default(0)
        .argParser(parseOffset),
    )
    .option('--no-open', 'does not open the console in a browser')
    .option('--fresh', 'deletes the data of earlier runs')
    .option('--live-rates', 'fetches the exchange rate from the real Binance P2P instead of the mock')
    .option(
      '--airflow',
      'runs the batch in a real Airflow (needs Python 3.10 or newer, and 620 MB more memory)',
    )
    .addOption(
      new Option('--engine <engine>', 'stores the samples and evaluates the rules with this engine')
        .choices(laptopEngines)
        .default('prometheus' satisfies LaptopEngine),
    )
    .option(
      '--admin-api',
      'enables the snapshots of Prometheus, for a backup; a web page in your browser can then also delete samples',
    )
    .option('--no-grafana', 'does not start Grafana, and ignores the variable GRAFANA_URL')
    .helpOption('--help', 'shows this text')
    .showHelpAfterError(afterSeparator('npm start --'))
    .allowExcessArguments(false);
  refuseKeptByNpm(program, env);
  program.parse([...argv], { from: 'user' });
  const options = program.opts<{
    portOffset: number;
    open: boolean;
    fresh?: boolean;
    liveRates?: boolean;
    airflow?: boolean;
    engine: LaptopEngine;
    adminApi?: boolean;
    grafana: boolean;
  }>();
  if (options.airflow && /[$?#]/.test(root)) {
    program.error(
      `error: --airflow cannot run in ${root}, because Airflow misreads $, ? and # in a path. Move the project to a folder without these characters.`,
    );
  }
  const ports = shiftPorts(options.portOffset);
  return {
    root,
    dataDir: runFolder(root, options.portOffset),
    portOffset: options.portOffset,
    ports,
    network: loopback(ports),
    open: options.open,
    fresh: options.fresh ?? false,
    liveRates: options.liveRates ?? false,
    airflow: options.airflow ?? false,
    engine: options.engine,
    ...(options.adminApi && { adminApi: true }),
    outbound: options.liveRates ? outboundOf(program, env) : {},
    ...(options.grafana ? grafanaOf(program, env) : noGrafana),
  };
}

type GrafanaSettings = Pick<Settings, 'grafanaServer' | 'grafanaProgram' | 'grafanaNotice'>;

const noGrafana: GrafanaSettings = { grafanaServer: undefined, grafanaProgram: undefined };

function grafanaOf(program: Command, env: Readonly<Record<string, string | undefined>>): GrafanaSettings {
  try {
    const grafanaServer = readGrafanaServer(env);
    if (grafanaServer) return { ...noGrafana, grafanaServer };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return program.error(`error: ${error.message}`);
  }
  const found = findGrafana(env.PATH);
  if (!found) return noGrafana;
  return 'problem' in found
    ? { ...noGrafana, grafanaNotice: found.problem }
    : { ...noGrafana, grafanaProgram: found };
}

function outboundOf(program: Command, env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  try {
    return outboundVariables(env);
  } catch (error) {
    if (!(error instanceof ToolchainError)) throw error;
    return program.error(`error: --live-rates cannot reach Binance. ${error.what} ${error.remedy}`);
  }
}

export function shiftPorts(offset: number): Ports {
  return Object.fromEntries(Object.entries(basePorts).map(([name, port]) => [name, port + offset])) as Ports;
}

/** @throws InvalidArgumentError if the offset is invalid */
export function parseOffset(text: string): number {
  const offset = Number(text);
  if (!/^\d+$/.test(text) || offset > highestOffset) {
    throw new InvalidArgumentError(`Expected a whole number from 0 to ${highestOffset}.`);
  }
  const blocked = blockedPorts(shiftPorts(offset));
  if (blocked.length > 0) {
    const list = blocked.map(({ name, port }) => `${port} (${name})`).join(', ');
    throw new InvalidArgumentError(
      `With this offset the pipeline would use port ${list}, which browsers refuse to open. The nearest offset that works is ${nearestOpenOffset(offset)}.`,
    );
  }
  return offset;
}

function nearestOpenOffset(offset: number): number {
  const isOpen = (candidate: number) =>
    candidate >= 0 && candidate <= highestOffset && blockedPorts(shiftPorts(candidate)).length === 0;
  for (let away = 1; ; away += 1) {
    if (isOpen(offset + away)) return offset + away;
    if (isOpen(offset - away)) return offset - away;
  }
}
