export { createApp, type PusherDeps } from './app.ts';
export { batchPusher } from './function.ts';
