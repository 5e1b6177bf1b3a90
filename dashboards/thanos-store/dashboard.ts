import { board } from '../board.ts';
import * as store from './store.ts';

export const thanosStoreDashboard = board({
  uid: 'thanos-store',
  title: 'Thanos object store',
  fileName: 'thanos-store-dashboard.json',
  description: 'Whether Thanos keeps blocks in the object store, reads them and merges them.',
  overview: () => [store.halted(), store.blocksLoaded()],
  rows: () => ({
    'Object store': [store.operations(), store.operationsFailed(), store.blocks(), store.compactions()],
  }),
});
