import { board } from '../board.ts';
import * as alerting from './alerting.ts';
import * as objectives from './objectives.ts';
import * as overview from './overview.ts';
import * as resources from './resources.ts';
import * as targets from './targets.ts';

export const pipelineHealthDashboard = board({
  uid: 'pipeline-health',
  title: 'Pipeline health',
  fileName: 'pipeline-health-dashboard.json',
  description: 'Whether the monitoring itself works.',
  overview: () => [
    overview.alertsNow(),
    overview.targetsDown(),
    overview.ruleTime(),
    overview.ingestion(),
    overview.seriesNow(),
  ],
  rows: (thresholds) => ({
    Objectives: [
      objectives.objectives(),
      objectives.errorBudgets(thresholds),
      objectives.burnRates(thresholds),
    ],
    Targets: [targets.targets(), targets.upOverTime(), targets.scrapeDuration(), targets.samplesPerJob()],
    'Rules and alerts': [
      alerting.alertsOverTime(),
      alerting.alertmanagerAlerts(),
      alerting.notifications(),
      alerting.ruleGroups(),
      alerting.ruleFailures(),
    ],
    Resources: [
      resources.headSeries(),
      resources.storage(),
      resources.memory(),
      resources.cpu(),
      resources.nodeCpu(),
      resources.nodeMemory(),
      resources.diskUse(thresholds),
    ],
  }),
});
