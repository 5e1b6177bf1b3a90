import type { ReleaseProps } from '../chart-release.ts';

export interface AirflowProps extends ReleaseProps {
  /** An existing PostgreSQL; the Terraform variable `airflow_database_password` holds its password. */
  readonly database: { readonly host: string; readonly name: string; readonly user: string };
  /** Interval of the DAG, such as `10m`. */
  readonly every: string;
}
