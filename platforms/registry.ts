import { azure } from './azure/platform.ts';
import { existing } from './existing/platform.ts';

/** A new platform needs a folder, and an entry in this list. */
export const platforms = [azure, existing] as const;
