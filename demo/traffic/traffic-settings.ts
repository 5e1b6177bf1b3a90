import {
  type Bounds,
  burstBytes,
  OutOfBounds,
  type TrafficChange,
  type TrafficSettings,
  trafficBounds,
} from '../../console/index.ts';

/** @throws OutOfBounds if a setting is outside its bounds */
export function changed(settings: TrafficSettings, change: TrafficChange): TrafficSettings {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const result: TrafficSettings = { ...settings, ...Object.fromEntries(given) };
  for (const field of ['rate', 'size', 'clients'] as const) {
    const { min, max }: Bounds = trafficBounds[field];
    if (result[field] >= min && result[field] <= max) continue;
    throw new OutOfBounds(field, `${field} is ${result[field]}. Expected ${min} to ${max}.`);
  }
  const { max } = trafficBounds.bytesPerSecond;
  if (result.rate * result.size > max) {
    const field = change.size === undefined ? 'rate' : 'size';
    const most = Math.floor(max / (field === 'rate' ? result.size : result.rate));
    throw new OutOfBounds(
      field,
      `${result.rate} messages a second with ${result.size} bytes each exceed the limit of ${max} bytes a second. Set ${field} to at most ${most}.`,
    );
  }
  return result;
}

/** @throws OutOfBounds if the burst has too few or too many messages */
export function burstSize(messages: number | undefined, messageBytes: number): number {
  const { min, max } = trafficBounds.burst;
  const most = Math.min(max, Math.floor(burstBytes / messageBytes));
  if (messages === undefined) return most;
  if (messages >= min && messages <= most) return messages;
  throw new OutOfBounds(
    'messages',
    `A burst cannot have ${messages} messages with ${messageBytes} bytes each. Expected ${min} to ${most} messages.`,
  );
}
