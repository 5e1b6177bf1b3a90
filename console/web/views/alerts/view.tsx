import { address } from '../../router.ts';
import type { ViewProps } from '../../views.ts';
import { AlertPage } from './alert-page.tsx';
import { AlertsPage } from './alerts-page.tsx';
import { DocumentPage } from './document.tsx';
import './alerts.css';

/** All alerts, a single alert with `?alert=`, or a document below `/runbooks/` and `/docs/`. */
export function View({ rest }: ViewProps) {
  const { pathname, searchParams } = address.value;
  if (rest !== '') {
    const path = `${pathname.startsWith('/runbooks/') ? 'docs/runbooks/' : 'docs/'}${rest}`;
    return <DocumentPage key={path} path={path} />;
  }
  const alert = searchParams.get('alert');
  return alert ? <AlertPage key={alert} name={alert} /> : <AlertsPage />;
}
