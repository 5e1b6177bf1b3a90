import { blockedPorts } from '../../config/blocked-ports.ts';
import { areFree, takenPorts } from '../../toolchain/port-check.ts';

/** A port cannot be used. The message contains a command with another port. */
export class PortError extends Error {
  override readonly name = 'PortError';
}

const triedPorts = 20;

/** @throws PortError if the port is in use, or if browsers block the port */
export async function requireUsablePort(port: number, environment: string): Promise<void> {
  const reason = await unusable(port);
  if (reason === undefined) return;
  const free = await freePortAfter(port);
  const use = `npm run console -- ${environment} --port ${free ?? 'N'}`;
  throw new PortError(`${reason} Use another port: ${use}`);
}

async function unusable(port: number): Promise<string | undefined> {
  if (blockedPorts({ console: port }).length > 0) return `Browsers do not open port ${port}.`;
  const [taken] = await takenPorts([port]);
  return taken && `Port ${port} is in use${taken.holder ? ` by ${taken.holder}` : ''}.`;
}

async function freePortAfter(port: number): Promise<number | undefined> {
  for (let next = port + 1; next <= Math.min(port + triedPorts, 65_535); next += 1) {
    if (blockedPorts({ console: next }).length === 0 && (await areFree([next]))) return next;
  }
  return undefined;
}
