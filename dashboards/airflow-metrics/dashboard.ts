import { board } from '../board.ts';
import * as overview from './overview.ts';
import * as reports from './reports.ts';
import * as runs from './runs.ts';

export const airflowDashboard = board({
  uid: 'airflow-metrics',
  title: 'Airflow batch',
  fileName: 'airflow-metrics-dashboard.json',
  description: 'Runs of the ETL, and their reports to the Pushgateway.',
  overview: (thresholds) => [
    overview.lastRun(),
    overview.lastSuccessAge(thresholds),
    overview.lastDuration(),
    overview.successRate(),
    overview.yieldOfRun(),
  ],
  rows: (thresholds) => ({
    Runs: [
      runs.etlFlow(),
      runs.runHistory(),
      runs.records(),
      runs.duration(thresholds),
      runs.stageDuration(),
      runs.runs(),
    ],
    Reports: [
      reports.lastPush(),
      reports.pushes(),
      reports.pushDuration(),
      reports.refusals(),
      reports.gatewayRequests(),
      reports.pushSlo(),
    ],
  }),
});
