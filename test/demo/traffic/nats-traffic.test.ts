import { expect, it } from 'vitest';
import { ControlFailed } from '../../../console/controls.ts';
import { NatsTraffic } from '../../../demo/traffic/nats-traffic.ts';

it('a burst fails if the server accepts no message', async () => {
  // Without `start`, the traffic has no connection to a server.
  const traffic = new NatsTraffic({ server: 'nats://127.0.0.1:1', cluster: 'nats-primary', rate: 1 });
  const burst = traffic.burst(10);
  await expect(burst).rejects.toThrow(ControlFailed);
  await expect(burst).rejects.toThrow(/^The NATS server of nats-primary has accepted no message\. /);
  await traffic.stop();
});
