export { createApp, createPusher, type PusherDeps } from './app.ts';
export { batchPusher } from './function.ts';
export { type PusherConfig, readPusherConfig } from './settings.ts';
