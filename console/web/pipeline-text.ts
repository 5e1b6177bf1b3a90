import { textFor } from '../pipeline-text.ts';
import { live } from './live.ts';

/** Adapts a document or a command to the port offset of this pipeline. */
export const forPipeline = (text: string): string => textFor(text, live.topology.value?.portOffset ?? 0);
