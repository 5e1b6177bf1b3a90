import { azure } from './azure/platform.ts';
import { existing } from './existing/platform.ts';

/** Every platform that an environment can choose. A new platform needs one folder and one line here. */
export const platforms = [azure, existing] as const;
