// Keeps the open page fresh, and plays scenarios without leaving it. Everything works without this script too.
const EVERY_MS = 1500;
const language = document.documentElement.lang === 'fr' ? 'fr' : 'en';

for (const form of document.querySelectorAll('form[data-play]')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = form.querySelector('button');
    const output = form.querySelector('output');
    button.disabled = true;
    output.textContent = '';
    try {
      const answer = await fetch(`/_sandbox/scenarios/${form.dataset.play}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(chosen(form)),
      });
      const done = await answer.json();
      output.classList.toggle('failed', !answer.ok);
      output.textContent = answer.ok
        ? `${done.sentence?.[language] ?? form.dataset.done} ${form.dataset.expect}`
        : (done.error ?? form.dataset.failed);
    } catch {
      output.classList.add('failed');
      output.textContent = form.dataset.failed;
    } finally {
      button.disabled = false;
      button.focus();
    }
  });
}

/** What was typed into a scenario's fields; what was left empty is the scenario's own choice. */
function chosen(form) {
  const filled = [...form.querySelectorAll('input[name], select[name]')].filter(
    ({ value }) => value.trim() !== '',
  );
  return Object.fromEntries(filled.map((field) => [field.name, typedIn(field)]));
}

function typedIn({ type, value, dataset }) {
  if (type === 'number') return Number(value);
  return 'yes' in dataset ? value === 'true' : value.trim();
}

const zones = () => [...document.querySelectorAll('[data-live]')];

/** What the user is in the middle of: typing, or marking text to copy it. */
function busy(live) {
  const marked = getSelection();
  return live.contains(document.activeElement) && document.activeElement.matches('input, select, textarea')
    ? true
    : marked !== null && !marked.isCollapsed && live.contains(marked.anchorNode);
}

const reachable = (part) => [...part.querySelectorAll('a, button, summary, [tabindex]')];

async function refresh() {
  if (document.hidden || zones().every(busy)) return;
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok) return;
  const text = await answer.text();
  const fresh = new DOMParser().parseFromString(text, 'text/html').querySelectorAll('[data-live]');
  for (const [index, live] of zones().entries()) {
    if (fresh[index] && !busy(live)) replace(live, fresh[index]);
  }
}

function replace(live, fresh) {
  for (const open of live.querySelectorAll('details[open][data-key]')) {
    const same = fresh.querySelector(`details[data-key="${CSS.escape(open.dataset.key)}"]`);
    if (same) same.open = true;
  }
  if (fresh.innerHTML === live.innerHTML) return;
  const focused = reachable(live).indexOf(document.activeElement);
  const scrolled = [...live.querySelectorAll('.scroll')].map((one) => one.scrollLeft);
  live.replaceChildren(...fresh.childNodes);
  for (const [index, one] of live.querySelectorAll('.scroll').entries())
    one.scrollLeft = scrolled[index] ?? 0;
  if (focused >= 0) reachable(live)[focused]?.focus({ preventScroll: true });
}

if (zones().length > 0) setInterval(refresh, EVERY_MS);
