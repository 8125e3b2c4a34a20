/**
 * One key for each answer: 1, 2 and 3 press what bears that number, unless somebody is typing. Without it the browser's
 * own access keys do the same. ES2017, for old browsers.
 */
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (event.target.closest('input, textarea, select')) return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (wanted === null) return;
  event.preventDefault();
  wanted.click();
  // The box that opened is what one types into next.
  const box = wanted.parentElement.querySelector('input:not([type=hidden])');
  if (box !== null && wanted.tagName === 'SUMMARY') box.focus();
});
