import type { Environment } from '../../config/environment.ts';
import { problem, type Rule } from '../../config/rule.ts';
import type { ExistingPlatform } from './values.ts';

type ExistingRule = Rule<Environment<ExistingPlatform>>;

const pushgatewayAddress: ExistingRule = {
  reads: ['pushgateway.ip'],
  problems: ({ pushgateway }) =>
    pushgateway.ip === undefined
      ? []
      : [
          problem(
            'pushgateway.ip',
            `${pushgateway.ip} is not used: only functions on Azure push from outside the cluster; remove it`,
          ),
        ],
};

const images: ExistingRule = {
  reads: ['images'],
  problems: ({ images: { registry } }) =>
    registry === undefined
      ? [problem('images.registry', 'is missing; name the registry that holds our own images')]
      : [],
};

/** Only an annotation keeps a load balancer off the internet. */
const receiverAnnotations: ExistingRule = {
  reads: ['central.receiver'],
  problems: ({ central: { receiver } }) =>
    receiver && receiver.annotations === undefined
      ? [
          problem(
            'central.receiver.annotations',
            'is missing; set the annotations that make a load balancer internal, or {} where every load balancer is internal; otherwise Prometheus is reachable from the internet',
          ),
        ]
      : [],
};

export const existingRules: readonly ExistingRule[] = [pushgatewayAddress, images, receiverAnnotations];
