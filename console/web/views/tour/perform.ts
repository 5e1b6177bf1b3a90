import type { OfferedControls } from '../../../controls.ts';
import type { TourAction } from '../../../tour/step.ts';
import type { CallOptions } from '../../api.ts';

type Call = <T>(path: string, options: CallOptions) => Promise<T>;

export function isOffered(action: TourAction, offered: OfferedControls): boolean {
  switch (action.kind) {
    case 'burst':
      return offered.burst;
    case 'batch':
      return action.failAt ? offered.batchSettings : offered.batch;
    case 'kill':
      return offered.actions;
    case 'inject':
    case 'restore':
      return offered.faults;
  }
}

/**
 * Returns a sentence with the result.
 * @throws ApiError, or an Error if the batch run has failed
 */
export async function perform(action: TourAction, call: Call): Promise<string> {
  switch (action.kind) {
    case 'burst': {
      const { published } = await call<{ published: number }>('/api/traffic/burst', { method: 'POST' });
      return `NATS has accepted ${published.toLocaleString('en-US')} messages.`;
    }
    case 'batch': {
      const { failAt } = action;
      const body = failAt ? { failAt } : {};
      const { status, answer } = await call<{ status: number; answer: string }>('/api/batch', {
        method: 'POST',
        body,
      });
      if (status >= 400) throw new Error(`The batch run has failed (status ${status}): ${answer}`);
      if (failAt) return `The run has failed in its ${failAt} stage.`;
      return status === 201 ? `The run has started: ${answer}.` : 'The run has ended.';
    }
    case 'kill':
      await call(`/api/components/${action.component}`, {
        method: 'POST',
        body: { action: 'kill', for: action.seconds },
      });
      return `${action.component} has received SIGKILL, and starts again after ${action.seconds} s.`;
    case 'inject':
      await call(`/api/faults/${action.fault}`, { method: 'POST' });
      return 'The fault is injected.';
    case 'restore':
      await call(`/api/faults/${action.fault}`, { method: 'DELETE' });
      return 'The pipeline is restored.';
  }
}
