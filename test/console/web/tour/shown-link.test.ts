import { describe, expect, it } from 'vitest';
import { pageState } from '../../../../console/web/component-page.ts';
import { shownLink } from '../../../../console/web/views/tour/shown-link.ts';

const targets = { text: 'Targets of Prometheus', component: 'prometheus', page: '/targets' };
const url = 'http://127.0.0.1:9090';

describe('a Tour link to a page of a component', () => {
  it('opens that page if the component has web pages', () => {
    const state = pageState({ opens: true });
    expect(shownLink(targets, url, state)).toEqual({ text: targets.text, href: `${url}/targets` });
    expect(shownLink({ text: 'Pushgateway', component: 'pushgateway' }, url, state)?.href).toBe(url);
  });

  it('is plain text with a note if the component has no web page', () => {
    expect(shownLink(targets, url, pageState({ opens: false }))).toEqual({
      text: 'Targets of Prometheus: the component has no web page',
    });
  });

  it('is plain text if the state of the page is unknown', () => {
    for (const page of [undefined, { opens: null }]) {
      expect(shownLink(targets, url, pageState(page))).toEqual({ text: targets.text });
    }
  });

  it('is absent for a component without an address', () => {
    expect(shownLink(targets, undefined, 'opens')).toBeUndefined();
  });
});
