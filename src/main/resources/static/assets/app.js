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
  if (event.altKey || event.metaKey || event.shiftKey || (!event.ctrlKey && event.target.closest('input, select, textarea'))) {
    return;
  }
  const target = document.querySelector(`[data-key="${event.ctrlKey ? 'Ctrl+' : ''}${CSS.escape(event.key)}"]`);
  if (target) {
    event.preventDefault();
    target.click();
  }
});
// Deciding down a list: digits choose a level and go on; N, P, L and X move and mark. Only while a line has the focus.
document.addEventListener('keydown', (event) => {
  const line = event.target.closest('[data-decide]');
  if (!line || event.altKey || event.metaKey || event.ctrlKey || event.target.closest('input:not([type=radio], [type=checkbox]), textarea, select')) {
    return;
  }
  const radios = [...line.querySelectorAll('input[type=radio]')];
  const go = (to) => {
    const target = to && (to.querySelector('input[type=radio]:checked') || to.querySelector('input[type=radio]'));
    if (target) {
      target.focus();
      to.scrollIntoView({ block: 'nearest' });
    }
  };
  const beside = (step) => {
    const lines = [...document.querySelectorAll('[data-decide]')];
    return lines[lines.indexOf(line) + step];
  };
  const key = event.key.toLowerCase();
  const radio = /^[1-9]$/.test(key) ? radios[Number(key) - 1] : null;
  if (radio) {
    radio.checked = true;
    radio.dispatchEvent(new Event('change', { bubbles: true }));
    go(beside(1) || line);
  } else if (key === 'n') {
    go(beside(1));
  } else if (key === 'p') {
    go(beside(-1));
  } else if (key === 'l' && line.querySelector('input[name^="ly-do-"]')) {
    line.querySelector('input[name^="ly-do-"]').focus();
  } else if (key === 'x' && line.querySelector('[type=checkbox]')) {
    line.querySelector('[type=checkbox]').click();
  } else {
    return;
  }
  event.preventDefault();
});
// A slip's QR leads to the ballot with its code behind the #, which no server is ever sent.
function fromSlip() {
  const field = document.querySelector('[data-from-hash]');
  if (field && field.value === '' && /^#[0-9A-Za-z-]{12,20}$/.test(location.hash)) {
    field.value = location.hash.slice(1);
    history.replaceState(null, '', location.pathname);
    field.form.requestSubmit();
  }
}
fromSlip();
window.addEventListener('hashchange', fromSlip);
