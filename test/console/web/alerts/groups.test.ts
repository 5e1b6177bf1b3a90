import { describe, expect, it } from 'vitest';
import { type AlertNode, groupsOf } from '../../../../console/web/views/alerts/groups.ts';
import { activeAlert, alertRule } from '../../alert-rules.ts';

const all = { text: '', severity: '' };
const names = (nodes: readonly AlertNode[]): unknown[] =>
  nodes.map(({ alert, inhibits }) => (inhibits.length > 0 ? [alert.alert, ...names(inhibits)] : alert.alert));

const by = (alert: string) => ({
  inhibitedBy: [{ alert, labels: { alertname: alert, severity: 'critical', external: 'x' } }],
});

describe('the groups of alerts', () => {
  it('hold each active alert by its state, and each other rule as inactive', () => {
    const rules = [alertRule('A'), alertRule('B'), alertRule('C')];
    const active = [activeAlert('A'), activeAlert('B', {}, { state: 'pending' })];
    const { firing, pending, inactive } = groupsOf(rules, active, all);
    expect([names(firing), names(pending), inactive.map(({ alert }) => alert)]).toEqual([
      ['A'],
      ['B'],
      ['C'],
    ]);
  });

  it('put the most severe first, then the oldest', () => {
    const active = [
      activeAlert('Info', {}, { severity: 'info' }),
      activeAlert('New', {}, { activeAt: 2 }),
      activeAlert('Unlabelled', {}, { severity: '' }),
      activeAlert('Old', {}, { activeAt: 1 }),
      activeAlert('Warning', {}, { severity: 'warning' }),
    ];
    expect(names(groupsOf([], active, all).firing)).toEqual(['Old', 'New', 'Warning', 'Info', 'Unlabelled']);
  });

  it('put an inhibited alert below its cause, also in a chain and with external labels', () => {
    const active = [activeAlert('C', {}, by('B')), activeAlert('B', {}, by('A')), activeAlert('A')];
    expect(names(groupsOf([], active, all).firing)).toEqual([['A', ['B', 'C']]]);
  });

  it('show an alert whose cause is not active by itself', () => {
    expect(names(groupsOf([], [activeAlert('B', {}, by('A'))], all).firing)).toEqual(['B']);
  });

  it('show every alert of a circle of causes', () => {
    const active = [activeAlert('A', {}, by('B')), activeAlert('B', {}, by('A'))];
    expect(names(groupsOf([], active, all).firing)).toEqual([
      ['A', 'B'],
      ['B', 'A'],
    ]);
  });

  it('select by severity and by each word of the text, in name, texts and labels', () => {
    const rules = [alertRule('Stale', { severity: 'warning', summary: 'The rate is old.' })];
    const active = [activeAlert('Down', { cluster: 'edge-1' }), activeAlert('Slow', { cluster: 'other' })];
    const selected = (text: string, severity = '') => {
      const { firing, inactive } = groupsOf(rules, active, { text, severity });
      return [...names(firing), ...inactive.map(({ alert }) => alert)];
    };
    expect(selected('EDGE down')).toEqual(['Down']);
    expect(selected('rate')).toEqual(['Stale']);
    expect(selected('', 'warning')).toEqual(['Stale']);
    expect(selected('nothing')).toEqual([]);
  });

  it('keep a cause that is not selected above a selected alert', () => {
    const active = [activeAlert('Cause'), activeAlert('Effect', {}, by('Cause'))];
    expect(names(groupsOf([], active, { text: 'effect', severity: '' }).firing)).toEqual([
      ['Cause', 'Effect'],
    ]);
  });
});
