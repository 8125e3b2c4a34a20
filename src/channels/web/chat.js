/**
 * Spares a chat the reloading: sends what is said in the background and shows what is new.
 * Without it everything works as forms. A browser too old for modules does just that.
 * ES2017, because the one inside WeChat on old phones may know no more.
 */
const body = document.body;
const status = document.getElementById('status');
// Told only where it takes long, so that nothing flickers.
const SETTLE_MS = 800;
// Without live news the page looks for itself: too many are open, or something on the way lets none through.
const LOOK_MS = 30_000;
const keptAs = new WeakMap();

for (const list of document.querySelectorAll('.chat')) {
  // A first visit begins at the top.
  if (list.children.length > 1) scrollToEnd(list);
}
document.addEventListener('submit', onSubmit);
document.addEventListener('keydown', onKey);
document.addEventListener('input', onInput);
if (body.dataset.events && window.EventSource) listen(body.dataset.events);

function listen(path) {
  const source = new EventSource(path);
  source.addEventListener('hello', () => tell(''));
  source.addEventListener('said', (event) => show(JSON.parse(event.data)));
  source.addEventListener('unsaid', (event) => takeAway(JSON.parse(event.data)));
  source.addEventListener('error', () => {
    // 2 is CLOSED: the server wants no more of this; 0 is on its way back by itself.
    if (source.readyState === 0) tell(body.dataset.reconnecting || '');
    else if (source.readyState === 2) setTimeout(() => void lookAgain(path), LOOK_MS);
  });
}

/** Takes over what a fresh page would show, and asks once more for live news. */
async function lookAgain(path) {
  try {
    const answer = document.hidden ? null : await fetch(location.href, { credentials: 'same-origin' });
    // biome-ignore lint/complexity/useOptionalChain: ES2017 has none
    if (answer && answer.ok) takeOver(new DOMParser().parseFromString(await answer.text(), 'text/html'));
  } catch (_reason) {
    // No way there for a moment: it is tried again.
  }
  listen(path);
}

function takeOver(page) {
  for (const list of document.querySelectorAll('.chat')) {
    const fresh = page.getElementById(list.id);
    for (const bubble of fresh ? Array.from(fresh.children) : []) {
      const at = Number(bubble.dataset.at);
      show({ list: list.id, id: bubble.id.slice(2), at, isOwn: bubble.matches('.own'), html: bubble.outerHTML });
    }
  }
}

function tell(text) {
  if (status && status.textContent !== text) status.textContent = text;
}

/** What came twice, by the answer and by the news, is shown once; what was said later stands lower. */
function show(said) {
  const list = document.getElementById(said.list);
  if (!list || document.getElementById(`m-${said.id}`)) return;
  const isAtEnd = nearEnd(list);
  if (said.isOwn) closeQuestions(list, said.at);
  const later = Array.from(list.children).find((bubble) => Number(bubble.dataset.at || Infinity) > said.at);
  if (later) later.insertAdjacentHTML('beforebegin', said.html);
  else list.insertAdjacentHTML('beforeend', said.html);
  if (said.isOwn) removeTwin(list, document.getElementById(`m-${said.id}`));
  if (isAtEnd || said.isOwn) scrollToEnd(list);
}

function takeAway(unsaid) {
  const bubble = document.getElementById(`m-${unsaid.id}`);
  if (bubble) bubble.remove();
}

/** The bubble that stood there until the words were kept; what is told about its fate moves over. */
function removeTwin(list, kept) {
  const words = wordsOf(kept);
  const twin = Array.from(list.querySelectorAll('.provisional')).find((bubble) => wordsOf(bubble) === words);
  if (!twin) return;
  kept.appendChild(fateOf(twin));
  keptAs.set(twin, kept);
  twin.remove();
}

function wordsOf(bubble) {
  return bubble.querySelector('.words').textContent;
}

/** What was asked before has been answered. */
function closeQuestions(list, at) {
  for (const choices of list.querySelectorAll('.choices')) {
    if (Number(choices.closest('.bubble').dataset.at) > at) continue;
    // Whoever goes by keyboard would be thrown back to the top of the page.
    if (choices.contains(document.activeElement)) list.focus({ preventScroll: true });
    choices.parentNode.replaceChild(toBeRead(choices), choices);
  }
}

/** What could be chosen; the question means little without it. */
function toBeRead(choices) {
  const past = document.createElement('ul');
  past.className = 'past';
  for (const button of choices.querySelectorAll('button')) {
    past.appendChild(document.createElement('li')).textContent = button.textContent;
  }
  return past;
}

function onSubmit(event) {
  const form = event.target;
  if (!form.matches('form[data-say]') || !window.fetch) return;
  event.preventDefault();
  const fields = new URLSearchParams(new FormData(form));
  const button = event.submitter || document.activeElement;
  // biome-ignore lint/complexity/useOptionalChain: ES2017 has none
  if (button && button.name) fields.set(button.name, button.value);
  fields.set('id', freshId());
  const textarea = form.querySelector('textarea');
  const text = textarea ? textarea.value.trim() : button ? button.textContent.trim() : '';
  if (!text) return;
  const composer = form.matches('.composer') ? form : composerFor(form);
  if (textarea) {
    textarea.value = '';
    grow(textarea);
    textarea.focus();
  }
  void send(form, composer, fields, text);
}

function composerFor(form) {
  const list = form.closest('.chat');
  const wanted = list ? `.composer[data-list="${list.id}"]` : '.composer';
  return document.querySelector(wanted) || form;
}

function send(form, composer, fields, text) {
  const list = document.getElementById(composer.dataset.list);
  const bubble = provisional(list, composer, text);
  return attempt({ form, composer, fields, list, bubble });
}

/** Tried again with the same id, so what did arrive the first time is not doubled. */
async function attempt(sending) {
  const { form, composer, fields, list, bubble } = sending;
  const error = composer.querySelector('.error');
  error.textContent = '';
  fateOf(bubble).textContent = '';
  const slow = setTimeout(() => {
    fateOf(bubble).textContent = composer.dataset.sending;
  }, SETTLE_MS);
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      headers: { Accept: 'application/json' },
      credentials: 'same-origin',
      body: fields,
    });
    const said = await answer.json();
    if (answer.ok) arrived(bubble, Object.assign(said, { list: list.id }), slow);
    else failed(sending, slow, said.error);
  } catch (_reason) {
    failed(sending, slow, '');
  }
}

function arrived(bubble, said, slow) {
  clearTimeout(slow);
  fateOf(bubble).textContent = '';
  bubble.remove();
  show(said);
}

function failed(sending, slow, sentence) {
  clearTimeout(slow);
  const { composer, bubble } = sending;
  composer.querySelector('.error').textContent = sentence;
  const fate = fateOf(bubble);
  fate.textContent = `${composer.dataset.notSent} `;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = composer.dataset.retry;
  button.addEventListener('click', () => void attempt(sending));
  fate.appendChild(button);
}

/** One's own words stand there at once. */
function provisional(list, composer, text) {
  const bubble = document.createElement('div');
  bubble.className = 'bubble own provisional';
  bubble.innerHTML = '<p class="head"><span class="who"></span></p><p class="words"></p>';
  bubble.querySelector('.who').textContent = composer.dataset.me;
  bubble.querySelector('.words').textContent = text;
  list.appendChild(bubble);
  scrollToEnd(list);
  return bubble;
}

/** The words may have been kept, and shown for good, before something else failed: then the fate stands there. */
function fateOf(bubble) {
  const shown = keptAs.get(bubble) || bubble;
  const known = shown.querySelector('.fate');
  if (known) return known;
  const fate = document.createElement('p');
  fate.className = 'fate';
  shown.appendChild(fate);
  return fate;
}

function onKey(event) {
  const isPlainEnter = event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
  if (!isPlainEnter || !event.target.matches('.composer textarea')) return;
  event.preventDefault();
  event.target.form.querySelector('.send').click();
}

function onInput(event) {
  if (event.target.matches('.composer textarea')) grow(event.target);
}

function grow(textarea) {
  textarea.rows = 1;
  while (textarea.scrollHeight > textarea.clientHeight && textarea.rows < 5) textarea.rows += 1;
}

function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function scrollerOf(list) {
  const isOwnScroller = getComputedStyle(list).overflowY !== 'visible';
  return isOwnScroller ? list : document.scrollingElement || document.documentElement;
}

function nearEnd(list) {
  const scroller = scrollerOf(list);
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 160;
}

function scrollToEnd(list) {
  const scroller = scrollerOf(list);
  scroller.scrollTop = scroller.scrollHeight;
}
