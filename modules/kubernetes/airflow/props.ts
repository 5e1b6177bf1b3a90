import type { ReleaseProps } from '../chart-release.ts';

export interface AirflowProps extends ReleaseProps {
  /** An existing PostgreSQL database. Its password is in the variable `airflow_database_password`. */
  readonly database: { readonly host: string; readonly name: string; readonly user: string };
  /** Time between two runs of the DAG, such as `10m`. */
  readonly every: string;
}
