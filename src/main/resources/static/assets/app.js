// Everything works without this file; it only spares a click or a wait.
'use strict';
document.addEventListener('submit', (event) => {
  // A second click on the same button sends nothing twice. The server refuses doubles anyway.
  const form = event.target;
  if (form.dataset.sent === 'yes') {
    event.preventDefault();
    return;
  }
  if (form.method === 'post') {
    form.dataset.sent = 'yes';
    setTimeout(() => { form.dataset.sent = ''; }, 4000);
  }
});
document.addEventListener('change', (event) => {
  if (event.target.matches('[data-check-all]')) {
    document.querySelectorAll(event.target.dataset.checkAll).forEach((box) => { box.checked = event.target.checked; });
  }
  if (event.target.matches('select[data-submit]')) {
    event.target.form.requestSubmit();
  }
});
document.addEventListener('click', (event) => {
  if (event.target.matches('[data-print]')) {
    window.print();
  }
});
// A page that follows a running job is fetched anew in place: whoever is typing is not disturbed, and the keyboard stays where it was.
document.addEventListener('htmx:beforeRequest', (event) => {
  const at = document.activeElement;
  if (event.target.matches('[data-follow]') && at && at.closest('main') && at.matches('input, select, textarea')) {
    event.preventDefault();
  }
});
let kept = null;
document.addEventListener('htmx:beforeSwap', (event) => {
  const at = document.activeElement;
  if (event.target.id === 'noi-dung' && event.target.contains(at)) {
    const alike = `${at.tagName}[href="${CSS.escape(at.getAttribute('href') || '')}"]`;
    const within = at.form ? `form[action="${CSS.escape(at.form.getAttribute('action') || '')}"] ${at.tagName}` : alike;
    kept = at.id ? `#${CSS.escape(at.id)}` : within;
  }
});
document.addEventListener('htmx:afterSwap', () => {
  if (kept) {
    (document.querySelector(kept) || document.getElementById('noi-dung')).focus({ preventScroll: true });
    kept = null;
  }
});
document.addEventListener('keydown', (event) => {
  // Arrows and Ctrl+Enter do what a link or button with this data-key does; letters stay letters.
  if (event.altKey || event.metaKey || event.shiftKey || event.target.closest('select, [type=radio]')) {
    return;
  }
  if (!event.ctrlKey && event.target.closest('input, textarea')) {
    return;
  }
  const target = document.querySelector(`[data-key="${event.ctrlKey ? 'Ctrl+' : ''}${CSS.escape(event.key)}"]`);
  if (target) {
    event.preventDefault();
    target.click();
  }
});
