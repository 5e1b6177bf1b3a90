import type { Incident } from '../console/alerting.ts';
import type { ExpectedAlert } from '../console/controls/faults.ts';
import { alertText, isExpected, isInhibitedBy } from './explained.ts';
import { secondsOf, suppressionText } from './incident.ts';
import { type DrilledAlert, type DrillStep, type FaultResult, type Problem, verdictOf } from './result.ts';
import { type DrillRun, type FaultWindow, notInjected } from './run.ts';
import { type Asked, asked, runbookQueries } from './runbook-queries.ts';
import { resultText, seen } from './seen.ts';
import type { DrillFault } from './target.ts';
import { messageOf, StepFailed, withoutStop } from './wait.ts';

const isActive = ({ state }: Incident) => state === 'pending' || state === 'firing';

/** Drills one fault, from its injection to the end of its alerts. */
export class FaultDrill {
  readonly fault: DrillFault;
  readonly #round: number;
  readonly #run: DrillRun;
  readonly #problems: Problem[] = [];
  #window: FaultWindow | undefined;
  #isInjected = false;

  constructor(fault: DrillFault, round: number, run: DrillRun) {
    this.fault = fault;
    this.#round = round;
    this.#run = run;
  }

  /** Drills one fault. If a step fails after the injection, the drill still ends the fault. */
  async play(): Promise<FaultResult> {
    const started = Date.now();
    const isDetected = await this.#steps(
      () => this.#quiet(),
      () => this.#inject(),
      () => this.#detected(),
    );
    if (isDetected) await this.#steps(() => this.#runbookQueries('runbook query during the fault'));
    if (this.#isInjected && (await this.#steps(() => this.#restore())) && isDetected) {
      await this.#steps(
        () => this.#resolved(),
        () => this.#runbookQueries('runbook query after the fault'),
      );
    }
    if (this.#window) this.#window.until = Date.now();
    return this.#result((Date.now() - started) / 1000);
  }

  /** @returns whether all steps passed */
  async #steps(...steps: readonly (() => Promise<void>)[]): Promise<boolean> {
    for (const step of steps) {
      try {
        await step();
      } catch (error) {
        if (!(error instanceof StepFailed)) throw error;
        this.#problems.push(error.problem);
        this.#say(`${error.problem.step}: ${error.message}`);
        return false;
      }
    }
    return true;
  }

  /** Waits until no alert of the fault is active, and the queries in the runbooks show no fault. */
  async #quiet(): Promise<void> {
    const { fault } = this;
    let shown: readonly string[] = [];
    await this.#run.wait({
      step: 'quiet',
      seconds: this.#run.target.limits.quiet,
      couldNotRun: true,
      check: async () => {
        const incidents = await this.#run.readIncidents();
        const active = fault.alerts.filter((expected) =>
          incidents.some((one) => isActive(one) && isExpected(expected, one.alert, one.labels)),
        );
        shown = active.map((alert) => `${alertText(alert)} is active`);
        if (shown.length === 0) shown = await this.#runbookQueriesThat((showsFault) => showsFault);
        return shown.length === 0 ? true : undefined;
      },
      evidence: async () =>
        `The system shows the fault before the injection: ${withoutStop(shown.join('; '))}. Expected a system without this fault. Wait until the alerts of the fault end, or fix the system first.`,
    });
  }

  async #inject(): Promise<void> {
    const { name } = this.fault;
    if (this.#run.fatal !== undefined) {
      throw new StepFailed({ step: 'inject', message: notInjected(name, this.#run), couldNotRun: true });
    }
    try {
      this.#run.journal.add(name);
      this.#isInjected = true;
      const from = await this.#run.target.inject(name);
      this.#window = { fault: this.fault, round: this.#round, from };
      this.#run.windows.push(this.#window);
      this.#say('injected');
    } catch (error) {
      const message = `${name} could not be injected: ${messageOf(error)}`;
      throw new StepFailed({ step: 'inject', message, couldNotRun: true });
    }
  }

  async #restore(): Promise<void> {
    const { name } = this.fault;
    try {
      const to = await this.#run.target.restore(name);
      this.#isInjected = false;
      if (this.#window) this.#window.to = to;
      this.#say('restored');
    } catch (error) {
      const message = `${name} is still injected: ${withoutStop(messageOf(error))}. Run npm run drill -- restore.`;
      this.#run.fail(message);
      throw new StepFailed({ step: 'restore', message, couldNotRun: true });
    }
    try {
      this.#run.journal.remove(name);
    } catch (error) {
      const message = `${name} has ended, but the journal still lists the fault as injected: ${messageOf(error)}`;
      this.#run.fail(message);
      throw new StepFailed({ step: 'restore', message, couldNotRun: true });
    }
  }

  async #detected(): Promise<void> {
    for (const expected of this.fault.alerts) await this.#notified(expected);
  }

  async #notified(expected: ExpectedAlert): Promise<void> {
    const { target } = this.#run;
    const from = this.#window?.from ?? 0;
    const left = target.limits.detection - (Date.now() - from) / 1000;
    let step: DrillStep = 'condition';
    let said: Incident['state'] | undefined;
    const wait = this.#run.wait({
      step: 'notified',
      seconds: left,
      check: async () => {
        const incident = this.#incidentOf(expected, await this.#run.readIncidents());
        step = this.#nextStep(incident);
        if (incident && said !== incident.state) this.#say(`${expected.alert} is ${incident.state}`);
        said = incident?.state;
        return step === 'restore' ? true : undefined;
      },
      evidence: async () => {
        const { state, text } = await seen(target, expected);
        if (step === 'condition' && state === 'true') step = 'pending';
        const incident = this.#incidentOf(expected, this.#run.incidents);
        return `${alertText(expected)} did not reach the step "${step}" within ${target.limits.detection} s of the injection. ${text}${suppressionText(incident)}`;
      },
    });
    await wait.catch((error) => {
      if (!(error instanceof StepFailed) || error.problem.couldNotRun) throw error;
      throw new StepFailed({ ...error.problem, step });
    });
    this.#say(`${expected.alert} detected after ${((Date.now() - from) / 1000).toFixed(0)} s`);
  }

  #nextStep(incident: Incident | undefined): DrillStep {
    if (!incident) return 'condition';
    if (incident.times.firing === undefined) return 'firing';
    const isNotified = incident.times.notified !== undefined;
    if (!isNotified && !this.fault.withoutNotifications && !isInhibitedBy(this.fault, incident))
      return 'notified';
    return 'restore';
  }

  async #resolved(): Promise<void> {
    const { target } = this.#run;
    const to = this.#window?.to ?? 0;
    let active: readonly ExpectedAlert[] = [];
    await this.#run.wait({
      step: 'resolved',
      seconds: target.limits.resolution,
      check: async () => {
        const incidents = await this.#run.readIncidents();
        active = this.fault.alerts.filter((expected) => !this.#isOver(this.#incidentOf(expected, incidents)));
        return active.length === 0 ? true : undefined;
      },
      evidence: async () => {
        const texts = await Promise.all(active.map((expected) => seen(target, expected)));
        return `${active.map(alertText).join(', ')} did not resolve within ${target.limits.resolution} s of the end of the fault. ${texts.map(({ text }) => text).join(' ')}`;
      },
    });
    this.#say(`resolved after ${((Date.now() - to) / 1000).toFixed(0)} s`);
  }

  #isOver(incident: Incident | undefined): boolean {
    if (!incident || isActive(incident)) return false;
    const isNotified = typeof incident.times.notified === 'number';
    const { withoutNotifications, restartsEvaluator } = this.fault;
    const isExpectedSoon = !withoutNotifications && !restartsEvaluator;
    const needsEnd = isNotified && isExpectedSoon && !isInhibitedBy(this.fault, incident);
    return (!needsEnd || incident.state === 'resolved') && incident.times.conditionFalse !== undefined;
  }

  #incidentOf(expected: ExpectedAlert, incidents: readonly Incident[]): Incident | undefined {
    const from = this.#window?.from ?? 0;
    const own = incidents
      .filter(
        ({ alert, labels, times }) => (times.pending ?? 0) >= from && isExpected(expected, alert, labels),
      )
      .sort((one, other) => (one.times.pending ?? 0) - (other.times.pending ?? 0));
    return own.find(({ times }) => times.firing !== undefined) ?? own.at(-1);
  }

  async #runbookQueries(
    step: 'runbook query during the fault' | 'runbook query after the fault',
  ): Promise<void> {
    const wanted = step === 'runbook query during the fault';
    let wrong: readonly string[] = [];
    await this.#run.wait({
      step,
      seconds: this.#run.target.limits.runbookQuery,
      check: async () => {
        wrong = await this.#runbookQueriesThat((showsFault) => showsFault !== wanted);
        return wrong.length === 0 ? true : undefined;
      },
      evidence: async () =>
        `The runbook's query ${wanted ? 'does not show the fault while it lasts' : 'still shows the fault after its end'}: ${wrong.join('; ')}.`,
    });
  }

  async #runbookQueriesThat(isUnwanted: (showsFault: boolean) => boolean): Promise<readonly string[]> {
    const { target } = this.#run;
    const queries = this.fault.alerts.flatMap((expected): readonly Asked[] => {
      const query = runbookQueries[expected.alert];
      return query ? [asked(query, expected, target.profile)] : [];
    });
    const results = queries.map(async ({ expr, showsFault }) => {
      const series = await target.query(expr);
      return isUnwanted(showsFault(series)) ? [`${expr} returns ${resultText(series)}`] : [];
    });
    return (await Promise.all(results)).flat();
  }

  #result(total: number): FaultResult {
    const incidents = this.#run.incidents;
    const alerts = this.fault.alerts.map((expected): DrilledAlert => {
      const incident = this.#incidentOf(expected, incidents);
      return { ...expected, seconds: incident && this.#window ? secondsOf(incident, this.#window) : {} };
    });
    return {
      fault: this.fault.name,
      round: this.#round,
      verdict: verdictOf(this.#problems),
      problems: this.#problems,
      alerts,
      consequences: [],
      total,
    };
  }

  #say(sentence: string): void {
    this.#run.onProgress(this.fault.name, sentence);
  }
}
