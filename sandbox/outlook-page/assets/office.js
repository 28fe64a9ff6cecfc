/**
 * What the sandbox gives a page in its Outlook in place of Microsoft's Office.js: the part of it that add-ins for mail
 * use, with Microsoft's names, callbacks and numbers of errors. It speaks with the page around it, which plays Outlook.
 * https://learn.microsoft.com/javascript/api/outlook
 */
(() => {
  /** As Office does: the first page of a pane or a dialog is told in its address, later ones remember. */
  const NOTE = 'hostInfoValue';
  const told = new URLSearchParams(location.search).get('_host_Info');
  if (told !== null) sessionStorage.setItem(NOTE, told);
  const [application, platform, version, language, host, place] = (
    told ??
    sessionStorage.getItem(NOTE) ??
    ''
  ).split('$');
  const outlook = place === 'isDialog' ? window.opener : window.parent;
  const isInOutlook = application === 'Outlook' && outlook !== null && outlook !== window;

  const AsyncResultStatus = { Succeeded: 'succeeded', Failed: 'failed' };
  const CoercionType = { Text: 'text', Html: 'html' };
  const EventType = {
    ItemChanged: 'olkItemSelectedChanged',
    OfficeThemeChanged: 'officeThemeChanged',
    DialogMessageReceived: 'dialogMessageReceived',
    DialogEventReceived: 'dialogEventReceived',
    RecipientsChanged: 'olkRecipientsChanged',
  };
  const MailboxEnums = {
    ItemType: { Message: 'message', Appointment: 'appointment' },
    AttachmentType: { File: 'file', Item: 'item', Cloud: 'cloud' },
    AttachmentContentFormat: { Base64: 'base64', Url: 'url', Eml: 'eml', ICalendar: 'iCalendar' },
  };

  const succeeded = (value) => ({ status: AsyncResultStatus.Succeeded, value });
  const failed = (code, name, message = name) => ({
    status: AsyncResultStatus.Failed,
    error: { code, name, message },
  });
  /** Callbacks come last, after what may be left out, and never within the call. */
  const callbackIn = (args) => args.findLast((one) => typeof one === 'function') ?? (() => {});
  const later = (args, result) => setTimeout(() => callbackIn(args)(result));

  const tell = (message) => outlook.postMessage({ office: true, ...message }, host);
  const waiting = new Map();
  let count = 0;
  /** Asks the page around; the answer goes to the callback. */
  function ask(name, details, args) {
    count += 1;
    waiting.set(count, args);
    tell({ name, call: count, ...details });
  }

  const handlers = new Map();
  const fire = (event, data) => {
    for (const handler of handlers.get(event) ?? []) handler(data);
  };
  function addHandlerAsync(event, handler, ...rest) {
    if (!Object.values(EventType).includes(event)) {
      later(rest, failed(5010, 'Event Registration Error', 'The event type is not supported.'));
      return;
    }
    handlers.set(event, [...(handlers.get(event) ?? []), handler]);
    later(rest, succeeded(undefined));
  }

  const person = ({ displayName, emailAddress }) => ({
    displayName,
    emailAddress,
    recipientType: 'other',
  });

  function bodyOf(item) {
    return {
      getAsync: (form, ...rest) => ask('body', { item: item.itemKey, form }, rest),
      getTypeAsync: (...rest) => later(rest, succeeded(CoercionType.Html)),
      setSelectedDataAsync(data, ...rest) {
        const { coercionType = CoercionType.Text } = rest.find((one) => typeof one === 'object') ?? {};
        ask('insert', { item: item.itemKey, data, coercionType }, rest);
      },
    };
  }

  function readItem(found) {
    const item = {
      itemKey: found.key,
      itemType: found.itemType,
      itemId: found.itemId,
      internetMessageId: found.internetMessageId,
      conversationId: found.conversationId,
      subject: found.subject,
      from: person(found.from),
      sender: person(found.sender),
      to: found.to.map(person),
      cc: found.cc.map(person),
      dateTimeCreated: new Date(found.dateTimeCreated),
      attachments: found.attachments,
      getAttachmentContentAsync: (id, ...rest) =>
        ask('attachment', { item: found.key, attachment: id }, rest),
      getAllInternetHeadersAsync: (...rest) => later(rest, succeeded(found.headers)),
    };
    item.body = bodyOf(item);
    // Only an item of a shared mailbox has it.
    if (found.sharedBy !== null)
      item.getSharedPropertiesAsync = (...rest) =>
        later(
          rest,
          succeeded({ owner: found.sharedBy, delegatePermissions: 1, targetMailbox: found.sharedBy }),
        );
    return item;
  }

  function draftItem(found) {
    const field = (name) => ({ getAsync: (...rest) => ask('field', { item: found.key, field: name }, rest) });
    const changed = [];
    const item = {
      itemKey: found.key,
      itemType: 'message',
      conversationId: found.conversationId,
      subject: field('subject'),
      to: field('to'),
      cc: field('cc'),
      bcc: field('bcc'),
      from: field('from'),
      addHandlerAsync(event, handler, ...rest) {
        if (event !== EventType.RecipientsChanged) {
          later(rest, failed(5010, 'Event Registration Error', 'The event type is not supported.'));
          return;
        }
        changed.push(handler);
        later(rest, succeeded(undefined));
      },
      recipientsChanged() {
        for (const handler of changed) handler({ type: EventType.RecipientsChanged });
      },
      // A key that was not set is refused, as Outlook refuses it.
      sessionData: {
        getAsync: (key, ...rest) => ask('note', { item: found.key, key }, rest),
        setAsync: (key, value, ...rest) => ask('note', { item: found.key, key, value: String(value) }, rest),
        removeAsync: (key, ...rest) => ask('note', { item: found.key, key, value: null }, rest),
      },
      getAttachmentsAsync: (...rest) => ask('files', { item: found.key }, rest),
      getAttachmentContentAsync: (id, ...rest) =>
        ask('attachment', { item: found.key, attachment: id }, rest),
      saveAsync: (...rest) =>
        ask('save', { item: found.key }, [
          (result) => {
            // A draft is in a conversation once it is saved.
            if (result.status === AsyncResultStatus.Succeeded)
              item.conversationId = result.value.conversationId;
            callbackIn(rest)(
              result.status === AsyncResultStatus.Succeeded ? succeeded(result.value.itemId) : result,
            );
          },
        ]),
    };
    item.body = bodyOf(item);
    return item;
  }

  const itemOf = (found) =>
    found === null ? null : found.mode === 'compose' ? draftItem(found) : readItem(found);

  const mailbox = {
    item: null,
    userProfile: { displayName: '', emailAddress: '', timeZone: 'Romance Standard Time' },
    diagnostics: { hostName: 'OutlookWebApp', hostVersion: version },
    addHandlerAsync,
    removeHandlerAsync(event, ...rest) {
      handlers.delete(event);
      later(rest, succeeded(undefined));
    },
    // An identity that a page opened in Teams' window for sharing is refused, and elsewhere at times.
    getUserIdentityTokenAsync(...rest) {
      tell({ name: 'identityAsked' });
      later(rest, failed(13006, 'ClientError', 'An error has occurred in the client.'));
    },
  };

  let dialog = null;
  const ui = {
    displayDialogAsync(address, ...rest) {
      const url = new URL(address, location.href);
      if (url.origin !== location.origin) later(rest, failed(12004, 'Untrusted domain'));
      else if (dialog !== null) later(rest, failed(12007, 'Dialog already opened'));
      else {
        const own = new Map();
        dialog = {
          fire: (event, data) => own.get(event)?.(data),
          addEventHandler: (event, handler) => own.set(event, handler),
          close() {
            dialog = null;
            tell({ name: 'closeDialog' });
          },
        };
        url.searchParams.set(
          '_host_Info',
          [application, platform, version, language, host, 'isDialog'].join('$'),
        );
        ask('openDialog', { url: url.href }, [
          (result) => {
            const opened = dialog;
            if (result.status === AsyncResultStatus.Failed) dialog = null;
            callbackIn(rest)(result.status === AsyncResultStatus.Failed ? result : succeeded(opened));
          },
        ]);
      }
    },
    messageParent(message) {
      if (place !== 'isDialog') throw new Error('messageParent is for dialogs.');
      tell({ name: 'messageParent', message });
    },
  };

  const context = {
    displayLanguage: language || navigator.language,
    platform: 'OfficeOnline',
    officeTheme: undefined,
    requirements: {
      isSetSupported: (set, wanted = '1.1') =>
        set === 'Mailbox' ? Number(wanted.split('.')[1]) <= 15 : set === 'DialogApi',
    },
    mailbox,
    ui,
    auth: { getAccessToken: () => Promise.reject({ code: 13006, message: 'Client error' }) },
  };

  /** What a page does when Outlook calls it by name. */
  const actions = new Map();
  const associate = (name, handler) => {
    actions.set(name, handler);
    if (place === 'isSend') tell({ name: 'associated', action: name });
  };

  let begin = () => {};
  const begun = new Promise((resolve) => {
    begin = resolve;
  });
  const ready = isInOutlook
    ? begun.then(() => ({ host: 'Outlook', platform: 'OfficeOnline' }))
    : Promise.resolve({ host: null, platform: null });

  window.addEventListener('message', ({ source, origin, data }) => {
    if (source !== outlook || origin !== host || data?.office !== true) return;
    if (data.name === 'state') {
      mailbox.userProfile = { ...mailbox.userProfile, ...data.user };
      mailbox.item = itemOf(data.item);
      context.officeTheme = data.theme;
      begin();
    }
    if (data.name === 'item') {
      mailbox.item = itemOf(data.item);
      fire(EventType.ItemChanged, { type: EventType.ItemChanged });
    }
    if (data.name === 'theme') {
      context.officeTheme = data.theme;
      fire(EventType.OfficeThemeChanged, { officeTheme: data.theme, type: EventType.OfficeThemeChanged });
    }
    if (data.name === 'recipients') mailbox.item?.recipientsChanged?.();
    if (data.name === 'event')
      actions.get(data.action)?.({
        source: { id: data.action },
        completed: (verdict = {}) => tell({ name: 'completed', verdict: { allowEvent: false, ...verdict } }),
      });
    if (data.name === 'answer') {
      const args = waiting.get(data.call);
      waiting.delete(data.call);
      if (args !== undefined)
        callbackIn(args)('error' in data ? failed(data.error, data.message) : succeeded(data.value));
    }
    if (data.name === 'dialogMessage')
      dialog?.fire(EventType.DialogMessageReceived, { message: data.message, origin: location.origin });
    if (data.name === 'dialogEvent') {
      const closed = dialog;
      dialog = null;
      closed?.fire(EventType.DialogEventReceived, { error: data.error });
    }
  });
  if (isInOutlook && place !== 'isDialog') tell({ name: 'hello' });
  else begin();

  window.Office = {
    context,
    actions: { associate },
    PlatformType: { PC: 'PC', OfficeOnline: 'OfficeOnline', Mac: 'Mac' },
    onReady(callback) {
      const answer = ready.then(async (info) => {
        await callback?.(info);
        return info;
      });
      return answer;
    },
    AsyncResultStatus,
    CoercionType,
    EventType,
    MailboxEnums,
    HostType: { Outlook: 'Outlook' },
  };
})();
