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

const tell = (message) => frame?.contentWindow?.postMessage({ office: true, ...message }, paneOrigin);

function openPane() {
  const url = new URL(paneAddress);
  url.searchParams.set(
    '_host_Info',
    ['Outlook', 'Web', '16.01', language === 'fr' ? 'fr-FR' : 'en-US', location.origin, 'isPane'].join('$'),
  );
  frame = document.createElement('iframe');
  frame.title = 'Liaison';
  frame.src = url.href;
  place.replaceChildren(frame);
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

const element = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text, ...more });
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
    element('p', `${words.to} ${mail.to.map(written).join(', ')} · ${when.format(new Date(mail.dateTimeCreated))}`, {
      className: 'quiet',
    }),
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
  };
  const text = element('div', '', {
    id: 'draft-text',
    contentEditable: 'true',
    role: 'textbox',
    ariaMultiLine: 'true',
    ariaLabel: words.text,
  });
  const send = element('button', words.send, { type: 'submit', id: 'send' });
  const drop = element('button', words.drop, { type: 'button' });
  drop.addEventListener('click', nothing);
  const form = document.createElement('form');
  form.className = 'draft';
  form.append(
    field('draft-to', words.to, answered?.from.emailAddress ?? ''),
    field('draft-subject', words.subject, answered ? `RE: ${answered.subject}` : ''),
    text,
    send,
    drop,
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const answer = await fetch(`/outlook/-/sent?lang=${language}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        answered: open.answered,
        conversationId: open.conversationId,
        to: valueOf('draft-to'),
        subject: valueOf('draft-subject'),
        html: text.innerHTML,
      }),
    });
    nothing();
    reading.append(element('p', answer.ok ? words.sent : words.notSent, { role: 'status', id: 'sent' }));
  });
  reading.replaceChildren(element('h2', words.draft), form);
  changed();
}

const valueOf = (id) => reading.querySelector(`#${id}`).value;
const addresses = (text) =>
  text
    .split(/[,;]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((emailAddress) => ({ displayName: emailAddress, emailAddress }));

/** What the pane asks, by name. A refusal is thrown as `{code, message}`. */
const ASKED = {
  hello() {
    tell({ name: 'state', user, theme: theme(), item: forPane() });
  },
  identityAsked() {
    root.dataset.identityAsked = 'true';
  },
  body({ item, form }) {
    if (item !== open?.key) throw { code: 9020, message: 'The item is no longer open.' };
    if (open.mode === 'read') return form === 'html' ? open.body.html : open.body.text;
    const text = reading.querySelector('#draft-text');
    return form === 'html' ? text.innerHTML : text.innerText;
  },
  async attachment({ item, attachment }) {
    if (item !== open?.key) throw { code: 9020, message: 'The item is no longer open.' };
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
    if (field === 'subject') return valueOf('draft-subject');
    if (field === 'to') return addresses(valueOf('draft-to'));
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
  if (source !== frame?.contentWindow || !(data.name in ASKED)) return;
  try {
    const value = await ASKED[data.name](data);
    if (data.call !== undefined) tell({ name: 'answer', call: data.call, value });
  } catch (error) {
    tell({ name: 'answer', call: data.call, error: error.code ?? 9000, message: error.message });
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
