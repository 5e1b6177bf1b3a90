import { once } from 'node:events';
import { parseOffset } from '../settings.ts';
import { ComposePipeline } from './pipeline.ts';
import { composeSettings } from './settings.ts';

const pipeline = new ComposePipeline(
  composeSettings(process.cwd(), parseOffset(process.env.PORT_OFFSET ?? '0')),
);
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort());

await pipeline.run(stopping.signal);
console.log('The console answers requests, and the traffic runs.');
if (!stopping.signal.aborted) await once(stopping.signal, 'abort');
await pipeline.stop();
process.exit();
