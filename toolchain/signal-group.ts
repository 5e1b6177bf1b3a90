/** Sends a signal to a process and to all that it has started, which must be a process group of its own (`detached`). */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The whole group has ended already.
  }
}
