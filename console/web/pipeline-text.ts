import { textFor } from '../pipeline-text.ts';
import { live } from './live.ts';

/** A document or a command with the ports, the folder and the commands of the pipeline that the page shows. */
export const forPipeline = (text: string): string => textFor(text, live.topology.value?.portOffset ?? 0);
