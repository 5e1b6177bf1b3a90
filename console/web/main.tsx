import 'uplot/dist/uPlot.min.css';
import './style.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { connect } from './live.ts';
import { followPresenterKey } from './presenting.ts';
import { followLinks } from './router.ts';
import { applyTheme } from './theme.ts';

applyTheme();
connect();
followLinks();
followPresenterKey();
const root = document.getElementById('root');
if (root) render(<App />, root);
