/**
 * Copies a text at one tap, also in browsers that know no clipboard: the one inside WeChat on an old phone. Without it
 * the text is marked and copied by hand. ES2017, because that one may know no more.
 */
for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', () => copy(document.getElementById(button.dataset.copy), button));
}

function copy(field, button) {
  // Only a page that came over HTTPS or from this computer has it.
  if (!('clipboard' in navigator)) return copyMarked(field, button);
  return navigator.clipboard.writeText(field.value).then(
    () => tell(button, button.dataset.done),
    () => copyMarked(field, button),
  );
}

function copyMarked(field, button) {
  field.focus();
  // iOS marks nothing by select() alone.
  field.setSelectionRange(0, field.value.length);
  tell(button, document.execCommand('copy') ? button.dataset.done : button.dataset.marked);
}

function tell(button, words) {
  button.textContent = words;
}
