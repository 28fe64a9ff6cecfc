// Puts Liaison where the CRM's page has a place for it, and opens it beside the page where it has a button.
import { embed } from './widget-host.js';

for (const place of document.querySelectorAll('[data-widget]')) {
  const { widget, pageLoad } = place.dataset;
  const fits = place.closest('.web-tab') === null;
  embed(place, { address: widget, pageLoad: JSON.parse(pageLoad), fits });
}

const panel = document.querySelector('#widget-panel');
if (panel) {
  const place = panel.querySelector('[data-panel-widget]');
  let leave = null;
  panel.addEventListener('close', () => {
    leave?.();
    leave = null;
  });
  panel.querySelector('[data-close]').addEventListener('click', () => panel.close());

  for (const button of document.querySelectorAll('[data-open-widget]')) {
    button.addEventListener('click', () => {
      const { openWidget, entity, position } = button.dataset;
      const ids = 'ticked' in button.dataset ? ticked() : JSON.parse(button.dataset.ids);
      panel.showModal();
      if (ids.length === 0) {
        place.textContent = panel.dataset.none;
        return;
      }
      leave = embed(place, {
        address: openWidget,
        pageLoad: { Entity: entity, EntityId: ids, ButtonPosition: position },
        fits: false,
        close: () => panel.close(),
      });
    });
  }
}

const ticked = () => [...document.querySelectorAll('[data-tick]:checked')].map(({ value }) => value);

// The menu of the user goes away as menus do.
const menu = document.querySelector('.me');
document.addEventListener('click', ({ target }) => {
  if (menu && !menu.contains(target)) menu.open = false;
});
document.addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape' || !menu?.open) return;
  menu.open = false;
  menu.querySelector('summary').focus();
});
