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
            `${pushgateway.ip} has no effect: on this platform, all functions run in the cluster and need no such address; remove pushgateway.ip`,
          ),
        ],
};

const images: ExistingRule = {
  reads: ['images'],
  problems: ({ images: { registry } }) =>
    registry === undefined
      ? [problem('images.registry', 'is missing; set the registry that holds the images of the functions')]
      : [],
};

/** Requires `annotations`. Without annotations, most clouds make the load balancer public. */
const receiverAnnotations: ExistingRule = {
  reads: ['central.receiver'],
  problems: ({ central: { receiver } }) =>
    receiver && receiver.annotations === undefined
      ? [
          problem(
            'central.receiver.annotations',
            'is missing; without annotations, the load balancer can expose Prometheus to the internet; set the annotations that make the load balancer internal; if every load balancer of the cluster is already internal, set {}',
          ),
        ]
      : [],
};

export const existingRules: readonly ExistingRule[] = [pushgatewayAddress, images, receiverAnnotations];
