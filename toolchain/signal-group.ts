/** Sends a signal to the process group of a process. The process must be started with `detached`. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // All processes of the group have already ended.
  }
}
