import { describe, expect, it } from 'vitest';
import { type AlertNode, groupsOf } from '../../../../console/web/views/alerts/groups.ts';
import { activeAlert, alertRule } from '../../alert-rules.ts';

const all = { text: '', severity: '' };
const names = (nodes: readonly AlertNode[]): unknown[] =>
  nodes.map(({ alert, inhibits }) => (inhibits.length > 0 ? [alert.alert, ...names(inhibits)] : alert.alert));

const by = (alert: string) => ({
  inhibitedBy: [{ alert, labels: { alertname: alert, severity: 'critical', external: 'x' } }],
});

describe('alert groups', () => {
  it('contain each active alert in the group of its state', () => {
    const rules = [alertRule('A'), alertRule('B'), alertRule('C')];
    const active = [activeAlert('A'), activeAlert('B', {}, { state: 'pending' })];
    const { firing, pending, inactive } = groupsOf(rules, active, all);
    expect([names(firing), names(pending), inactive.map(({ alert }) => alert)]).toEqual([
      ['A'],
      ['B'],
      ['C'],
    ]);
  });

  it('are sorted by severity, and then by age', () => {
    const active = [
      activeAlert('Info', {}, { severity: 'info' }),
      activeAlert('New', {}, { activeAt: 2 }),
      activeAlert('Unlabelled', {}, { severity: '' }),
      activeAlert('Old', {}, { activeAt: 1 }),
      activeAlert('Warning', {}, { severity: 'warning' }),
    ];
    expect(names(groupsOf([], active, all).firing)).toEqual(['Old', 'New', 'Warning', 'Info', 'Unlabelled']);
  });

  it('show an inhibited alert below the alert that inhibits it', () => {
    const active = [activeAlert('C', {}, by('B')), activeAlert('B', {}, by('A')), activeAlert('A')];
    expect(names(groupsOf([], active, all).firing)).toEqual([['A', ['B', 'C']]]);
  });

  it('show an inhibited alert at the top level if its inhibiting alert is not active', () => {
    expect(names(groupsOf([], [activeAlert('B', {}, by('A'))], all).firing)).toEqual(['B']);
  });

  it('show both of two alerts that inhibit each other', () => {
    const active = [activeAlert('A', {}, by('B')), activeAlert('B', {}, by('A'))];
    expect(names(groupsOf([], active, all).firing)).toEqual([
      ['A', 'B'],
      ['B', 'A'],
    ]);
  });

  it('show an alert once if its cause and another alert inhibit each other', () => {
    const active = [
      activeAlert('A', {}, by('B')),
      activeAlert('B', {}, by('A')),
      activeAlert('C', {}, by('A')),
    ];
    expect(names(groupsOf([], active, all).firing)).toEqual([
      ['A', 'B', 'C'],
      ['B', 'A'],
    ]);
  });

  it('show the alerts that match the severity and the words of a filter', () => {
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

  it('show an inhibiting alert even if the filter matches only the inhibited alert', () => {
    const active = [activeAlert('Cause'), activeAlert('Effect', {}, by('Cause'))];
    expect(names(groupsOf([], active, { text: 'effect', severity: '' }).firing)).toEqual([
      ['Cause', 'Effect'],
    ]);
  });
});
