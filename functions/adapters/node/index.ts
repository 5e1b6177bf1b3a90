export { open, serve } from './serve.ts';
export { type ListenOptions, listen, type RunningServer, type ServerLimits } from './server.ts';
