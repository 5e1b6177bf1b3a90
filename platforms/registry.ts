import { azure } from './azure/platform.ts';
import { existing } from './existing/platform.ts';

/** Every platform that an environment can choose. A new one is a folder and a line here. */
export const platforms = [azure, existing] as const;
