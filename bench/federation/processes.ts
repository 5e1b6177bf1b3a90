import type { Supervisor } from '../../demo/supervisor/supervisor.ts';
import { cpuSeconds, residentMb } from '../functions/servers.ts';

export class ProcessorTime {
  readonly #supervisor: Supervisor;
  readonly #names: readonly string[];
  readonly #last = new Map<number, number>();
  #total = 0;

  constructor(supervisor: Supervisor, names: readonly string[]) {
    this.#supervisor = supervisor;
    this.#names = names;
  }

  /** Processor time of all measured processes since the first call of `read`, in seconds. */
  read(): number {
    for (const name of this.#names) {
      const { pid } = this.#supervisor.process(name);
      const seconds = pid === undefined ? Number.NaN : cpuSeconds(pid);
      if (pid === undefined || Number.isNaN(seconds)) continue;
      const known = this.#last.get(pid);
      if (known !== undefined) this.#total += seconds - known;
      // The process started after the previous call of `read`. All of its processor time counts.
      else if (this.#started) this.#total += seconds;
      this.#last.set(pid, seconds);
    }
    this.#started = true;
    return this.#total;
  }

  #started = false;
}

/** Returns the resident memory of each program in bytes. A stopped program is missing in the result. */
export function residentBytes(supervisor: Supervisor, names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    names.flatMap((name) => {
      const { pid } = supervisor.process(name);
      const megabytes = pid === undefined ? Number.NaN : residentMb(pid);
      return Number.isNaN(megabytes) ? [] : [[name, megabytes * 1e6] as const];
    }),
  );
}
