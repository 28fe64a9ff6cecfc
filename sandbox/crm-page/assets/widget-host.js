/**
 * The CRM's side of the talk with a widget in a frame: takes REGISTER, gives SET_CONTEXT and PageLoad, and
 * answers ZDK_EVENT and CRM_EVENT. Messages of any other window or origin are left alone.
 */

/** What this page does itself; all else is asked of the CRM. */
const UI_ACTIONS = {
  resize(widget, { height }) {
    if (widget.fits) widget.frame.style.height = `${Math.min(Math.max(Number(height) || 0, 80), 4000)}px`;
  },
  openRecord(_widget, { Entity, RecordID, target }) {
    const path = `/crm/${encodeURIComponent(Entity)}/${encodeURIComponent(RecordID)}`;
    if (target === '_blank') window.open(path, '_blank', 'noopener');
    else location.href = path;
  },
  close(widget) {
    widget.close?.();
  },
  closeAndReload(widget) {
    widget.close?.();
    location.reload();
  },
};

function uiActionOf({ action }) {
  if (action === 'RESIZE') return UI_ACTIONS.resize;
  if (action?.record === 'OPEN') return UI_ACTIONS.openRecord;
  if (action?.popup === 'CLOSE') return UI_ACTIONS.close;
  if (action?.popup === 'CLOSE_RELOAD') return UI_ACTIONS.closeAndReload;
  return undefined;
}

async function answerOf(widget, data) {
  if (data.category === 'UI') {
    const act = uiActionOf(data);
    if (act === undefined) return { ok: false, data: { code: 'INVALID_REQUEST', status: 'error' } };
    act(widget, data.data ?? {});
    return { ok: true, data: true };
  }
  const answer = await fetch(`/crm/-/sdk?lang=${document.documentElement.lang}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(data),
  }).catch(() => null);
  if (!answer?.ok) return { ok: false, data: { code: 'INTERNAL_ERROR', status: 'error' } };
  return answer.json();
}

const HEARD = {
  REGISTER(widget) {
    widget.id = `widget_${crypto.randomUUID().replaceAll('-', '')}`;
    const locale = document.documentElement.lang;
    widget.tell('SET_CONTEXT', {
      data: { uniqueID: widget.id, locale, localeResource: {}, connectors: [], model: {} },
    });
    // A turn later: the widget has answered its context by then, as it has in the CRM.
    setTimeout(() => widget.tell('PageLoad', { data: widget.pageLoad }));
  },
  ZDK_EVENT(widget, { promiseid }) {
    const data = { message: 'There is no further script in the sandbox.' };
    widget.tell('EVENT_RESPONSE_FAILURE', { promiseid, data });
  },
  async CRM_EVENT(widget, { promiseid, uniqueID, data }) {
    if (uniqueID !== widget.id) return;
    const answer = await answerOf(widget, data ?? {});
    widget.tell(answer.ok ? 'EVENT_RESPONSE' : 'EVENT_RESPONSE_FAILURE', { promiseid, data: answer.data });
  },
  DEREGISTER(widget) {
    widget.id = null;
  },
};

const widgets = new Set();

window.addEventListener('message', ({ source, origin, data }) => {
  const widget = [...widgets].find(({ frame }) => frame.contentWindow === source);
  if (widget === undefined || origin !== widget.origin || data?.type !== 'SDK.EVENT') return;
  HEARD[data.eventName]?.(widget, data);
});

/**
 * Puts a widget into a place of the page.
 *
 * @param address the widget's, without `serviceOrigin`.
 * @param pageLoad what it hears once it has registered.
 * @param fits whether the frame takes the height that the widget asks for.
 * @returns what takes it away again.
 */
export function embed(place, { address, pageLoad, fits, close }) {
  const url = new URL(address);
  const frame = document.createElement('iframe');
  frame.title = 'Liaison';
  frame.allow = 'clipboard-write';
  url.searchParams.set('serviceOrigin', location.origin);
  const widget = { frame, origin: url.origin, pageLoad, fits, close, id: null };
  widget.tell = (eventName, rest) =>
    frame.contentWindow?.postMessage({ type: 'FRAMEWORK.EVENT', eventName, ...rest }, widget.origin);
  widgets.add(widget);
  frame.src = url.href;
  place.replaceChildren(frame);
  return () => {
    widgets.delete(widget);
    frame.remove();
  };
}
