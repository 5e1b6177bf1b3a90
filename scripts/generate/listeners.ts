import { listeners } from '../../modules/kubernetes/listeners.ts';
import { type Generated, withRegion } from './region.ts';
import { table } from './table.ts';

export const listenerPage: Generated = {
  file: 'docs/adr/certificates.md',
  text: (current) =>
    withRegion(
      current,
      'listeners',
      table(
        ['container', 'port', 'serves', 'protocol'],
        listeners.map(({ container, port, serves, plain }) => [
          container,
          port,
          serves,
          plain === undefined ? 'TLS' : `no TLS: ${plain}`,
        ]),
      ),
    ),
};
