// The form of an assessment, and that of a petition, work without this file: it saves while somebody fills in, and rates by keys.
'use strict';
(() => {
  const form = document.getElementById('phieu');
  if (!form) {
    return;
  }
  const count = document.getElementById('dem');
  const items = [...form.querySelectorAll('fieldset.ass-item')];
  const PAUSE = 700;
  const AGAIN = 5000;
  let timer = 0;
  let dirty = false;
  let busy = false;
  let stopped = false;
  let leaving = false;

  const tell = (text) => {
    const line = document.getElementById('luu');
    line.textContent = text;
    line.classList.remove('ass-trouble');
  };
  const recount = () => {
    if (!count) { // a form without levels
      return;
    }
    const filled = items.filter((item) => item.querySelector('input[type=radio]:checked:not([value="0"])')).length;
    count.textContent = `${filled}/${count.dataset.of}`;
  };

  const save = async () => {
    clearTimeout(timer);
    if (!dirty || busy || stopped) {
      return;
    }
    busy = true;
    dirty = false;
    tell(form.dataset.saving);
    try {
      const answer = await fetch(form.dataset.autosave, { method: 'POST', body: new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === 'string')) });
      const line = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('luu');
      if (!line) { // signed out, or something broke: what is on the screen stays there
        throw new Error(String(answer.status));
      }
      document.getElementById('luu').replaceWith(line);
      if (answer.ok) {
        form.elements.ban.value = line.dataset.ban;
      } else {
        stopped = true; // somebody else saved, or it is locked: “save” shows both
        dirty = true;
      }
    } catch {
      dirty = true;
      tell(form.dataset.trouble);
      document.getElementById('luu').classList.add('ass-trouble');
      timer = setTimeout(save, AGAIN);
    } finally {
      busy = false;
    }
    if (dirty && !stopped) {
      clearTimeout(timer);
      timer = setTimeout(save, AGAIN);
    }
  };
  const changed = () => {
    dirty = true;
    recount();
    if (!stopped) {
      tell(form.dataset.dirty);
      clearTimeout(timer);
      timer = setTimeout(save, PAUSE);
    }
  };
  form.addEventListener('input', changed);

  // What the script is just saving comes first: otherwise the button would be behind it.
  form.addEventListener('submit', (event) => {
    clearTimeout(timer);
    if (busy) {
      event.preventDefault();
      event.stopPropagation();
      const button = event.submitter;
      const wait = setInterval(() => {
        if (!busy) {
          clearInterval(wait);
          leaving = true;
          form.requestSubmit(button);
        }
      }, 50);
      return;
    }
    leaving = true;
  }, true);
  window.addEventListener('beforeunload', (event) => {
    if (dirty && !leaving) {
      event.preventDefault();
    }
  });

  document.addEventListener('keydown', (event) => {
    const radio = event.target;
    if (event.altKey || event.metaKey || event.shiftKey || !radio.matches || !radio.matches('#phieu input[type=radio]')) {
      return;
    }
    if (event.ctrlKey) {
      const target = document.querySelector(`[data-key="Ctrl+${CSS.escape(event.key)}"]`);
      if (target) {
        event.preventDefault();
        target.click();
      }
      return;
    }
    if (!/^[0-9]$/.test(event.key)) {
      return;
    }
    const item = radio.closest('fieldset');
    const level = item.querySelector(`input[type=radio][value="${event.key}"]`);
    if (!level) {
      return;
    }
    event.preventDefault();
    if (!level.checked) {
      level.checked = true;
      level.dispatchEvent(new Event('input', { bubbles: true }));
    }
    const next = items[items.indexOf(item) + 1];
    const to = next ? next.querySelector('input[type=radio]:checked') : level;
    to.focus({ preventScroll: true });
    to.closest('fieldset').scrollIntoView({ block: 'center', behavior: 'auto' });
  });
})();
