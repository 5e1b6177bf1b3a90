import { ports as otherPorts } from '../config/topology.ts';
import { laptopSourcePorts } from '../sources/index.ts';

/** TCP ports of the laptop: scraped sources and all other servers. */
export const ports = { ...otherPorts, ...laptopSourcePorts } as const;

export type Ports = { readonly [Name in keyof typeof ports]: number };
