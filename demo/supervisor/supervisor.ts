import { copyFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type ComponentAction,
  type ComponentActionOptions,
  type ComponentStatus,
  NotPossibleNow,
  UnknownComponent,
} from '../../console/index.ts';
import { type Programs, startGuard } from '../../toolchain/index.ts';
import type { Component } from '../component.ts';
import type { Settings } from '../settings.ts';
import { StartFailed } from '../start-failed.ts';
import { boundLog, lastLines } from './log-file.ts';
import { ManagedProcess } from './managed-process.ts';
import { residentBytes } from './memory.ts';

const readyPollMs = 10;
const logCheckMs = 60_000;
const stopGraceMs = 2000;
const hopelessRestarts = 4;

/** Runs the components on this machine. */
export class Supervisor {
  readonly #components: readonly Component[];
  readonly #processes: ReadonlyMap<string, ManagedProcess>;
  readonly #settings: Settings;
  readonly #guard;
  readonly #logTimer;
  #stopped = false;

  constructor(
    settings: Settings,
    components: readonly Component[],
    programs: Programs,
    onState: () => void = () => {},
  ) {
    this.#settings = settings;
    this.#components = components;
    this.#guard = startGuard(settings.dataDir);
    this.#processes = new Map(
      components.map((c) => [
        c.name,
        new ManagedProcess({ ...launchPlan(c, settings, programs), onState }, this.#guard),
      ]),
    );
    this.#logTimer = setInterval(() => {
      for (const { plan } of this.#processes.values()) void boundLog(plan.logFile);
    }, logCheckMs).unref();
  }

  start(): void {
    for (const component of this.#components) writeFiles(this.#settings.dataDir, component);
    for (const component of this.#components) void this.#startAfter(component);
  }

  async #startAfter({ name, after = [] }: Component): Promise<void> {
    const needed = after.map((other) => this.process(other));
    while (needed.some((p) => p.state !== 'running')) {
      await delay(readyPollMs);
      if (this.#stopped) return;
    }
    this.process(name).start();
  }

  get ready(): boolean {
    return this.#needed.every((p) => p.state === 'running');
  }

  get #needed(): readonly ManagedProcess[] {
    return this.#components.filter(({ optional }) => !optional).map(({ name }) => this.process(name));
  }

  /** @throws StartFailed after `timeoutMs`, or earlier if a component ends repeatedly */
  async untilReady(timeoutMs: number, signal: AbortSignal): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!this.ready) {
      signal.throwIfAborted();
      if (Date.now() > deadline || this.#hopeless)
        throw new StartFailed(await this.#describeUnready(timeoutMs - (deadline - Date.now())));
      await delay(readyPollMs);
    }
  }

  get #hopeless(): boolean {
    return this.#needed.some((p) => p.state !== 'running' && p.restarts >= hopelessRestarts);
  }

  /** @throws UnknownComponent */
  process(name: string): ManagedProcess {
    const found = this.#processes.get(name);
    if (!found) throw new UnknownComponent(name, [...this.#processes.keys()]);
    return found;
  }

  /**
   * @throws UnknownComponent
   * @throws NotPossibleNow if there is no process to kill
   */
  async act(name: string, action: ComponentAction, options: ComponentActionOptions = {}): Promise<void> {
    const component = this.process(name);
    const kill = () =>
      options.for === undefined ? component.signal('SIGKILL') : component.killFor(options.for * 1000);
    if (action === 'kill' && !kill()) {
      throw new NotPossibleNow(`${name} has no process to kill: its state is ${component.state}.`);
    }
    if (action === 'stop' || action === 'restart') await component.stop(stopGraceMs);
    if (action === 'start' || action === 'restart') component.start();
  }

  /**
   * The last lines of the component's log, at most 64 KiB.
   * @throws UnknownComponent
   */
  logTail(name: string, lines: number): Promise<string[]> {
    return lastLines(this.process(name).plan.logFile, lines);
  }

  async status(): Promise<ComponentStatus[]> {
    const processes = [...this.#processes.values()];
    const sizes = await residentBytes(processes.flatMap((p) => p.pid ?? []));
    return this.#components.map((component) => {
      const process = this.process(component.name);
      return {
        name: component.name,
        state: process.state,
        pid: process.pid ?? null,
        url: component.url,
        rssBytes: (process.pid && sizes.get(process.pid)) || 0,
        restarts: process.restarts,
        role: component.role,
        ...(process.lastExit === undefined ? {} : { lastExit: process.lastExit }),
      };
    });
  }

  async stop(): Promise<void> {
    clearInterval(this.#logTimer);
    this.#stopped = true;
    // A request from the console must not start a component again while the pipeline stops.
    for (const process of this.#processes.values()) process.retire();
    const stages = [...new Set(this.#components.map((c) => c.stopStage ?? 1))].sort((a, b) => a - b);
    for (const stage of stages) {
      const members = this.#components.filter((c) => (c.stopStage ?? 1) === stage);
      await Promise.all(members.map((c) => this.process(c.name).stop(stopGraceMs)));
    }
    this.#guard.release();
  }

  async #describeUnready(waitedMs: number): Promise<string> {
    const unready = this.#needed.filter((p) => p.state !== 'running');
    const parts = await Promise.all(
      unready.map(async ({ plan, state, lastExit }) => {
        const ended = lastExit === undefined ? '' : `, last ended with ${lastExit}`;
        const lines = (await lastLines(plan.logFile, 5)).map((line) => `    ${line}`);
        return [`  ${plan.name} is ${state}${ended}; the last lines of ${plan.logFile}:`, ...lines].join(
          '\n',
        );
      }),
    );
    return `The pipeline is not ready after ${(waitedMs / 1000).toFixed(0)} s:\n${parts.join('\n')}`;
  }
}

function launchPlan(component: Component, settings: Settings, programs: Programs) {
  return {
    name: component.name,
    ...commandLine(component, settings, programs),
    env: { ...inheritedEnvironment(), ...thriftyGo, ...component.env },
    cwd: settings.dataDir,
    logFile: join(settings.dataDir, 'logs', `${component.name}.log`),
    healthUrl: component.healthUrl,
    healthAnswer: component.healthAnswer,
  };
}

function commandLine({ program, args }: Component, settings: Settings, programs: Programs) {
  switch (program.kind) {
    case 'program':
      return { command: programs[program.name].path, args };
    case 'bundle':
      return { command: process.execPath, args: [...args, join(settings.root, program.path)] };
    case 'command':
      return { command: program.path, args };
  }
}

/** With GOGC=50, a Go program needs less memory, but more processor time. */
const thriftyGo = { GOGC: '50' } as const;

/** The programs get no other variables of the shell, because variables can contain secrets. */
function inheritedEnvironment(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG'];
  return Object.fromEntries(
    names.flatMap((n) => (process.env[n] === undefined ? [] : [[n, process.env[n]]])),
  );
}

function writeFiles(dataDir: string, { files = {}, folders = [], seeds = {} }: Component): void {
  for (const folder of folders) mkdirSync(join(dataDir, folder), { recursive: true });
  for (const [path, source] of Object.entries(seeds)) {
    const target = join(dataDir, path);
    if (existsSync(target)) continue;
    copyFileSync(source, `${target}.new`);
    renameSync(`${target}.new`, target);
  }
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dataDir, path)), { recursive: true });
    writeFileSync(join(dataDir, path), content);
  }
}
