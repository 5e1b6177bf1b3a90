import type { ReleaseProps } from '../chart-release.ts';

export interface AirflowProps extends ReleaseProps {
  /** A PostgreSQL that exists; its password is the Terraform variable `airflow_database_password`. */
  readonly database: { readonly host: string; readonly name: string; readonly user: string };
  /** How often the DAG runs, such as `10m`. */
  readonly every: string;
}
