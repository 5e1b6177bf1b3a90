/** Sends a signal to a process group. The process `pid` must be started with `detached`. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // All processes of the group have already ended.
  }
}
