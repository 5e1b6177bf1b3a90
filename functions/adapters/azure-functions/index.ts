export { type AzureBindings, httpHandler } from './handler.ts';
export { register, timerHandler } from './register.ts';
