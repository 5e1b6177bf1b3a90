import type { Component } from '../../component.ts';
import type { Settings } from '../../settings.ts';
import { receivers } from './members.ts';
import { thanosQuery } from './query.ts';
import { thanosReceiver } from './receiver.ts';
import { thanosRule } from './rule.ts';

export function thanos(settings: Settings): readonly Component[] {
  return [
    ...receivers.map((receiver) => thanosReceiver(settings, receiver)),
    thanosQuery(settings),
    thanosRule(settings),
  ];
}
