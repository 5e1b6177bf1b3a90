/** `Watchdog` always fires. `InfoInhibitor` only inhibits alerts. Neither alert needs an action. */
export const signalAlerts: readonly string[] = ['Watchdog', 'InfoInhibitor'];
