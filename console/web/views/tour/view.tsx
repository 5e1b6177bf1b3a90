import { useEffect } from 'preact/hooks';
import { stepOf } from '../../../tour/acts.ts';
import { PageTitle } from '../../page-title.tsx';
import { isPresenting, rememberStep, stepPath } from '../../presenting.ts';
import { address, navigate } from '../../router.ts';
import { Guide } from './guide.tsx';
import { Presenter } from './presenter.tsx';
import { check, keepChecking } from './progress.ts';
import { useSync } from './use-sync.ts';

/** A step gets its tick (✓) when Prometheus has the expected data. */
export function View() {
  const asked = address.value.searchParams.get('step');
  const placed = stepOf(asked);
  const presenting = isPresenting();
  const { step } = placed;
  const { id } = step;
  useEffect(() => {
    const ended = new AbortController();
    void keepChecking(() => stepOf(address.value.searchParams.get('step')).step, ended.signal);
    return () => ended.abort();
  }, []);
  useEffect(() => {
    const left = new AbortController();
    void check(step, left.signal);
    return () => left.abort();
  }, [step]);
  useEffect(() => {
    rememberStep(id);
    // For an unknown step id, the Tour opens the first step. `navigate` corrects the id in the URL.
    if (asked !== null && asked !== id) navigate(stepPath(id, presenting), { replace: true });
  }, [id, asked, presenting]);
  useSync(placed);
  return (
    <>
      <PageTitle text={step.title} />
      {presenting ? <Presenter placed={placed} /> : <Guide placed={placed} />}
    </>
  );
}
