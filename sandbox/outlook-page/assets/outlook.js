/**
 * Plays Outlook on the web around a pane: shows mails, opens and pins the pane, hands it what is open, opens its
 * dialogs. What the pane asks goes by name; windows of other origins are not heard.
 */
const root = document.querySelector('#outlook');
const { pane: paneAddress, language, words: wordsText } = root.dataset;
const words = JSON.parse(wordsText);
const paneOrigin = new URL(paneAddress).origin;
const place = root.querySelector('#pane');
const reading = root.querySelector('#reading');
const chosen = new URLSearchParams(location.search);

const LIGHT = { bodyBackgroundColor: '#ffffff', bodyForegroundColor: '#242424' };
const DARK = { bodyBackgroundColor: '#1f1f1f', bodyForegroundColor: '#ffffff' };
const dark = root.querySelector('#dark');
const pinned = root.querySelector('#pinned');
const theme = () => (dark.checked ? DARK : LIGHT);

const { mails, user } = await (await fetch(`/outlook/-/mails?lang=${language}`)).json();

/** What is open: a mail, a draft, or nothing. */
let open = null;
let frame = null;
let popup = null;
let drafts = 0;

const forPane = () => {
  if (open === null) return null;
  if (open.mode === 'compose') return { mode: 'compose', key: open.key, conversationId: open.conversationId };
  const { body: _, ...rest } = open;
  return rest;
};

const tellIn = (page, message) => page?.contentWindow?.postMessage({ office: true, ...message }, paneOrigin);
const tell = (message) => tellIn(frame, message);

/** A page of the add-in's in a frame: `isPane`, or `isSend` for the one that nobody sees. */
function framed(address, kind) {
  const url = new URL(address);
  url.searchParams.set(
    '_host_Info',
    ['Outlook', 'Web', '16.01', language === 'fr' ? 'fr-FR' : 'en-US', location.origin, kind].join('$'),
  );
  const made = document.createElement('iframe');
  made.src = url.href;
  return made;
}

function openPane() {
  frame = framed(paneAddress, 'isPane');
  frame.title = 'Liaison';
  place.replaceChildren(frame);
}

/** The page that hears of a mail that is sent, while it hears of one. */
let sending = null;

/** Asks the add-in before a mail goes. Outlook waits five minutes; where there is no such page the mail goes. */
function beforeSending() {
  return new Promise((answered) => {
    const page = framed(paneAddress.replace('pane.html', 'send.html'), 'isSend');
    page.hidden = true;
    page.tabIndex = -1;
    page.ariaHidden = 'true';
    sending = {
      page,
      end(verdict) {
        page.remove();
        sending = null;
        answered(verdict);
      },
    };
    page.addEventListener('error', () => sending?.end({ allowEvent: true }));
    document.body.append(page);
  });
}

/** Shows what the add-in says; as its manifest has it, the person may send all the same. @returns whether they do. */
function askPerson(sentence) {
  return new Promise((answered) => {
    const asked = document.createElement('dialog');
    asked.ariaLabel = 'Liaison';
    const anyway = element('button', words.anyway, { type: 'button', id: 'send-anyway' });
    const stay = element('button', words.stay, { type: 'button', id: 'do-not-send' });
    const end = (goes) => {
      asked.remove();
      answered(goes);
    };
    anyway.addEventListener('click', () => end(true));
    stay.addEventListener('click', () => end(false));
    asked.addEventListener('cancel', () => end(false));
    asked.append(element('p', sentence, { id: 'alert' }), anyway, ' ', stay);
    root.append(asked);
    asked.showModal();
  });
}

function changed() {
  // A pane that is not pinned is gone with its mail; one that is, hears of the next.
  if (frame === null || !pinned.checked) openPane();
  else tell({ name: 'item', item: forPane() });
  for (const button of root.querySelectorAll('[data-mail]')) {
    if (button.dataset.mail === open?.key) button.setAttribute('aria-current', 'true');
    else button.removeAttribute('aria-current');
  }
}

const element = (name, text, more = {}) =>
  Object.assign(document.createElement(name), { textContent: text, ...more });
const written = ({ displayName, emailAddress }) => `${displayName} <${emailAddress}>`;

function read(mail) {
  open = { ...mail, mode: 'read' };
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short' });
  const bar = element('p', '', { className: 'bar' });
  const answer = element('button', words.answer, { type: 'button', id: 'answer' });
  answer.addEventListener('click', () => write(mail));
  if (mail.itemType === 'message') bar.append(answer);
  reading.replaceChildren(
    bar,
    element('h2', mail.subject),
    element('p', written(mail.from), { className: 'from' }),
    element(
      'p',
      `${words.to} ${mail.to.map(written).join(', ')} · ${when.format(new Date(mail.dateTimeCreated))}`,
      {
        className: 'quiet',
      },
    ),
    ...(mail.attachments.length === 0
      ? []
      : [element('p', mail.attachments.map(({ name }) => `📎 ${name}`).join('   '), { className: 'quiet' })]),
    element('pre', mail.body.text),
  );
  changed();
}

function nothing() {
  open = null;
  reading.replaceChildren(element('p', words.nothing, { className: 'quiet' }));
  changed();
}

/** @param answered the mail that it answers; null: a new one. */
function write(answered) {
  drafts += 1;
  const field = (id, label, value) => {
    const input = element('input', '', { id, value });
    const line = element('label', `${label} `);
    line.append(input);
    return line;
  };
  open = {
    mode: 'compose',
    key: `draft-${drafts}`,
    conversationId: answered?.conversationId ?? null,
    itemId: null,
    answered: answered?.key ?? null,
    names: answered ? [answered.from] : [],
    notes: {},
    files: [],
  };
  const text = element('div', '', {
    id: 'draft-text',
    contentEditable: 'true',
    role: 'textbox',
    ariaMultiLine: 'true',
    ariaLabel: words.text,
  });
  const attach = element('label', `${words.attach} `);
  const file = element('input', '', { id: 'draft-file', type: 'file', multiple: true });
  file.addEventListener('change', async () => {
    open.files = await Promise.all(
      [...file.files].map(async (one, place) => ({
        id: `draft/${place}`,
        name: one.name,
        size: one.size,
        isInline: false,
        attachmentType: 'file',
        content: btoa(String.fromCharCode(...new Uint8Array(await one.arrayBuffer()))),
      })),
    );
  });
  attach.append(file);
  const send = element('button', words.send, { type: 'submit', id: 'send' });
  const drop = element('button', words.drop, { type: 'button' });
  drop.addEventListener('click', nothing);
  const form = document.createElement('form');
  form.className = 'draft';
  form.append(
    field('draft-to', words.to, answered?.from.emailAddress ?? ''),
    field('draft-subject', words.subject, answered ? `RE: ${answered.subject}` : ''),
    text,
    attach,
    send,
    drop,
  );
  form.addEventListener('input', ({ target }) => {
    if (target.id === 'draft-to') tell({ name: 'recipients' });
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (sending !== null) return;
    send.disabled = true;
    const verdict = await beforeSending();
    if (!verdict.allowEvent && !(await askPerson(verdict.errorMessage))) {
      send.disabled = false;
      return;
    }
    const answer = await fetch(`/outlook/-/sent?lang=${language}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        answered: open.answered,
        conversationId: open.conversationId,
        to: valueIn('draft-to'),
        subject: valueIn('draft-subject'),
        html: text.innerHTML,
      }),
    });
    nothing();
    reading.append(element('p', answer.ok ? words.sent : words.notSent, { role: 'status', id: 'sent' }));
  });
  reading.replaceChildren(element('h2', words.draft), form);
  changed();
}

const valueIn = (id) => reading.querySelector(`#${id}`).value;
const addresses = (text) =>
  text
    .split(/[,;]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map(
      (emailAddress) =>
        open.names.find((one) => one.emailAddress === emailAddress) ?? {
          displayName: emailAddress,
          emailAddress,
        },
    );

/** What the pane asks, by name. A refusal is thrown as `{code, message}`. */
const ASKED = {
  hello(_asked, page) {
    tellIn(page, { name: 'state', user, theme: theme(), item: forPane() });
  },
  associated({ action }, page) {
    if (sending?.page === page) tellIn(page, { name: 'event', action });
  },
  completed({ verdict }, page) {
    if (sending?.page === page) sending.end(verdict);
  },
  note({ item, key, value }) {
    if (item !== open?.key || open.mode !== 'compose') throw { code: 9020, message: 'No draft is open.' };
    if (value === undefined) {
      if (!(key in open.notes)) throw { code: 9020, message: 'There is no such key.' };
      return open.notes[key];
    }
    if (value === null) delete open.notes[key];
    else open.notes[key] = value;
    return undefined;
  },
  files({ item }) {
    if (item !== open?.key || open.mode !== 'compose') throw { code: 9020, message: 'No draft is open.' };
    return open.files.map(({ content: _, ...rest }) => rest);
  },
  identityAsked() {
    root.dataset.identityAsked = 'true';
  },
  body({ item, form }) {
    if (item !== open?.key) throw { code: 9020, message: 'The item is no longer open.' };
    if (open.mode === 'read') return form === 'html' ? open.body.html : open.body.text;
    const text = reading.querySelector('#draft-text');
    // biome-ignore lint/performance/useDomNodeTextContent: as it is seen, with its lines.
    return form === 'html' ? text.innerHTML : text.innerText;
  },
  async attachment({ item, attachment }) {
    if (item !== open?.key) throw { code: 9020, message: 'The item is no longer open.' };
    if (open.mode === 'compose') {
      const found = open.files.find(({ id }) => id === attachment);
      if (found === undefined) throw { code: 9019, message: 'The attachment is not there.' };
      return { format: 'base64', content: found.content };
    }
    const answer = await fetch(`/outlook/-/attachments/${encodeURIComponent(attachment)}`);
    if (!answer.ok) throw { code: 9019, message: 'The attachment is not there.' };
    return { format: 'base64', content: (await answer.json()).content };
  },
  insert({ item, data, coercionType }) {
    if (item !== open?.key || open.mode !== 'compose') throw { code: 9020, message: 'No draft is open.' };
    const text = reading.querySelector('#draft-text');
    // Outlook takes markup in and lays it out; the sandbox's page shows the text and the addresses of its links.
    const parsed = new DOMParser().parseFromString(data, 'text/html');
    const piece =
      coercionType === 'html'
        ? [...parsed.querySelectorAll('a')].reduce(
            (all, link) => all.replace(link.textContent, `${link.textContent} (${link.href})`),
            parsed.body.textContent,
          )
        : data;
    text.append(element('p', piece));
    return undefined;
  },
  field({ field }) {
    if (open?.mode !== 'compose') throw { code: 9020, message: 'No draft is open.' };
    if (field === 'subject') return valueIn('draft-subject');
    if (field === 'to') return addresses(valueIn('draft-to'));
    return field === 'from' ? user : [];
  },
  async save() {
    if (open?.mode !== 'compose') throw { code: 9020, message: 'No draft is open.' };
    open.itemId ??= `AAMkADsandbox/${open.key}+AAA=`;
    open.conversationId ??= `AAQkADsandbox/new-${crypto.randomUUID()}=`;
    return { itemId: open.itemId, conversationId: open.conversationId };
  },
  openDialog({ url }) {
    if (new URL(url).origin !== paneOrigin) throw { code: 12004, message: 'Untrusted domain' };
    popup = window.open(url, '_blank', 'popup,width=520,height=680');
    if (popup === null) throw { code: 12011, message: 'The browser blocks pop-ups.' };
    const watched = popup;
    let wasClosed = false;
    const look = setInterval(() => {
      // One turn later, so that a last message is heard first.
      if (wasClosed) {
        clearInterval(look);
        if (popup === watched) {
          popup = null;
          tell({ name: 'dialogEvent', error: 12006 });
        }
      }
      wasClosed = watched.closed;
    }, 300);
    return undefined;
  },
  closeDialog() {
    popup?.close();
    popup = null;
  },
};

window.addEventListener('message', async ({ source, origin, data }) => {
  if (origin !== paneOrigin || data?.office !== true) return;
  if (source === popup && data.name === 'messageParent') {
    tell({ name: 'dialogMessage', message: data.message });
    return;
  }
  const page = [frame, sending?.page].find((one) => one && one.contentWindow === source);
  if (page === undefined || !(data.name in ASKED)) return;
  try {
    const value = await ASKED[data.name](data, page);
    if (data.call !== undefined) tellIn(page, { name: 'answer', call: data.call, value });
  } catch (error) {
    tellIn(page, { name: 'answer', call: data.call, error: error.code ?? 9000, message: error.message });
  }
});

for (const button of root.querySelectorAll('[data-mail]')) {
  button.addEventListener('click', () => read(mails.find(({ key }) => key === button.dataset.mail)));
}
root.querySelector('#new-mail').addEventListener('click', () => write(null));
root.querySelector('#no-mail').addEventListener('click', nothing);
dark.addEventListener('change', () => {
  document.documentElement.style.colorScheme = dark.checked ? 'dark' : 'light';
  tell({ name: 'theme', theme: theme() });
});

const asked = mails.find(({ key }) => key === chosen.get('mail'));
if (asked) read(asked);
else if (chosen.has('none')) nothing();
else read(mails[0]);
