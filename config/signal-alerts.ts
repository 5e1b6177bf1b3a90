/**
 * Alerts of the chart that need no action: `Watchdog` always fires, and `InfoInhibitor` only inhibits other alerts. They
 * cause no notification.
 */
export const signalAlerts: readonly string[] = ['Watchdog', 'InfoInhibitor'];
