/**
 * Stands in for the script that Zoho CRM has its widgets load (`ZohoEmbededAppSDK.min.js`, version 1.2), so
 * that a widget can be tried without any script from outside. It speaks the same messages with the page
 * around it and is as careless as the real one, on purpose: whoever gets along with it gets along with Zoho.
 *
 * - Listeners are attached inside `init()`: one that comes later is never heard.
 * - `init()` waits for ever where nobody answers; calls before that throw at once.
 * - Messages are taken from anyone: neither who sent them nor from where is checked.
 * - No answer is waited for with a time limit.
 * - Every `UI` call needs jQuery's `$.extend`, and no jQuery comes with it.
 */
(() => {
  const listeners = {};
  const attached = {};
  const open = new Map();
  let parent = null;
  let uniqueId;
  let nextPromise = 100;
  let ready = null;

  /** The last one of equal names wins, and the fragment is not cut off: as the real one reads its address. */
  function serviceOrigin() {
    const query = location.href.slice(location.href.indexOf('?') + 1).split('&');
    const last = query.findLast((part) => part.startsWith('serviceOrigin='));
    return last && decodeURIComponent(last.split('=')[1]);
  }

  const ownAddress = () => encodeURIComponent(`${location.origin}${location.pathname}`);

  function send(message) {
    if (parent === null) throw new Error('Parentwindow reference not found.');
    parent.postMessage({ ...message, appOrigin: ownAddress() }, serviceOrigin());
  }

  function request(eventName, data) {
    const promiseid = `Promise${nextPromise++}`;
    send({ type: 'SDK.EVENT', eventName, uniqueID: uniqueId, time: Date.now(), promiseid, data });
    return new Promise((resolve, reject) => open.set(promiseid, { resolve, reject }));
  }

  const ask = (data) => request('CRM_EVENT', { ...data, sdkVersion: '1' });

  function hear({ data: given }) {
    let message = given;
    try {
      if (typeof given === 'string') message = JSON.parse(given);
    } catch {
      // A text that is no JSON has no type either.
    }
    if (message.type !== 'FRAMEWORK.EVENT') return;
    const { eventName, data, promiseid } = message;
    if (eventName === 'SET_CONTEXT') begin(data);
    else if (eventName === 'EVENT_RESPONSE') settle(promiseid, 'resolve', data);
    else if (eventName === 'EVENT_RESPONSE_FAILURE') settle(promiseid, 'reject', data);
    else attached[eventName]?.(data);
  }

  let begun = false;
  let isReady;
  function begin(context) {
    parent = window.parent;
    uniqueId = context.uniqueID;
    if (begun) return;
    begun = true;
    // Its answer is the address of one more script, or a failure, which changes nothing.
    request('ZDK_EVENT', { action: 'get_zdk_url' }).then(
      (url) => {
        const script = document.createElement('script');
        script.src = url;
        document.body.append(script);
        isReady();
      },
      () => isReady(),
    );
  }

  function settle(promiseid, how, data) {
    open.get(promiseid)?.[how](data);
    open.delete(promiseid);
  }

  const config = (type, nameSpace) => ask({ category: 'CONFIG', type, nameSpace });
  const meta = (type, { Entity, Id } = {}) => ask({ category: 'META', type, Entity, Id });
  // The real one merges with jQuery's, which it neither brings nor loads: without one in the page, each of
  // these calls throws.
  const ui = (action, data) => {
    const wish = { action, data };
    window.$.extend(wish, { category: 'UI' });
    return ask(wish);
  };
  const resize = ({ width, height }) => ui('RESIZE', { width, height });
  const create = (type, Entity, APIData, RelatedID) =>
    ask({ category: 'CREATE', type, Entity, RelatedID, APIData });

  window.ZOHO = {
    embeddedApp: {
      on(eventName, listener) {
        listeners[eventName] = listener;
      },
      init() {
        if (ready !== null) return ready;
        ready = new Promise((resolve) => {
          isReady = resolve;
        });
        Object.assign(attached, listeners);
        window.addEventListener('message', hear);
        window.addEventListener('pagehide', () => {
          if (parent !== null) send({ type: 'SDK.EVENT', eventName: 'DEREGISTER', uniqueID: uniqueId });
        });
        const register = { type: 'SDK.EVENT', eventName: 'REGISTER', appOrigin: ownAddress() };
        window.parent.postMessage(register, serviceOrigin());
        return ready;
      },
    },
    CRM: {
      CONFIG: {
        getCurrentUser: () => config('CURRENT_USER'),
        getOrgInfo: () => config('ORG'),
      },
      META: {
        getFields: (what) => meta('FIELD_LIST', what),
        getModules: () => meta('MODULE_LIST'),
      },
      API: {
        getRecord: (what) => ask({ category: 'READ', APIData: what }),
        getAllRecords: (what) => ask({ category: 'READ', APIData: what }),
        getRelatedRecords: (what) => ask({ category: 'READ', APIData: what }),
        searchRecord: ({ Entity, Type, Query, page, per_page }) =>
          ask({ category: 'SEARCH', Entity, Type, Query, page, per_page }),
        insertRecord: ({ Entity, APIData, Trigger }) =>
          create('RECORD', Entity, { ...APIData, trigger: Trigger }),
        updateRecord: ({ Entity, APIData, Trigger }) =>
          ask({ category: 'UPDATE', type: 'RECORD', Entity, APIData: { ...APIData, trigger: Trigger } }),
        addNotes: ({ Entity, RecordID, Title, Content }) =>
          create('NOTES', Entity, { data: [{ Note_Title: Title, Note_Content: Content }] }, RecordID),
        getAllUsers: ({ Type }) => ask({ category: 'USER', Type }),
        getUser: ({ ID }) => ask({ category: 'USER', ID }),
        getOrgVariable: (name) => config('VARIABLE', name),
      },
      UI: {
        Resize: resize,
        Record: {
          open: ({ Entity, RecordID, Target }) =>
            ui({ record: 'OPEN' }, { Entity, RecordID, target: Target }),
        },
        Popup: {
          close: () => ui({ popup: 'CLOSE' }),
          closeReload: () => ui({ popup: 'CLOSE_RELOAD' }),
        },
      },
    },
  };
})();
