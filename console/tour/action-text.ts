import type { TourAction } from './step.ts';

/** Text on the button of an action. */
export function actionText(action: TourAction, titleOf: (fault: string) => string): string {
  switch (action.kind) {
    case 'burst':
      return 'Publish 5,000 messages';
    case 'batch':
      return action.failAt ? 'Run a batch that fails' : 'Run the batch';
    case 'kill':
      return `Kill ${action.component} for ${action.seconds} s`;
    case 'inject':
      return `Break: ${titleOf(action.fault)}`;
    case 'restore':
      return `End the fault: ${titleOf(action.fault)}`;
  }
}
