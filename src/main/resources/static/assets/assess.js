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

  // A narrow screen shows one criterion at a time; what is hidden is still part of the form and is sent with it.
  const steps = [...form.querySelectorAll('.ass-step')];
  const around = document.getElementById('cac-buoc');
  const chooser = around && around.querySelector('select'); // other forms that are saved by this file have no steps
  const narrow = window.matchMedia('(max-width: 48rem)');
  let at = 0;
  const left = (step) => [...step.querySelectorAll('fieldset.ass-item')].filter((item) => item.querySelector('input[value="0"]:checked')).length;
  const name = () => steps.forEach((step, n) => {
    const all = step.querySelectorAll('fieldset.ass-item').length;
    chooser.options[n].text = step.dataset.step + (all ? ` (${all - left(step)}/${all})` : '');
  });
  function show(step) {
    if (!around) {
      return;
    }
    if (step >= 0 && step < steps.length) {
      at = step;
    }
    around.hidden = !narrow.matches;
    steps.forEach((one, n) => {
      one.hidden = narrow.matches && n !== at;
      one.querySelectorAll('[data-alone]').forEach((group) => { // a criterion by itself says which group it is of
        group.hidden = !narrow.matches;
      });
    });
    chooser.selectedIndex = at;
    around.querySelector('[data-go="-1"]').disabled = at === 0;
    around.querySelector('[data-go="1"]').disabled = at === steps.length - 1;
  }
  const go = (step) => {
    show(step);
    around.scrollIntoView({ block: 'start' });
    steps[at].querySelector('[tabindex="-1"]').focus({ preventScroll: true });
  };
  const toHash = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    const step = target ? steps.findIndex((one) => one.contains(target)) : -1;
    if (step >= 0) {
      show(step);
      target.scrollIntoView({ block: 'center' });
    }
    return step >= 0;
  };
  if (around) {
    steps.forEach(() => chooser.add(new Option('')));
    name();
    form.addEventListener('input', name);
    chooser.addEventListener('input', (event) => {
      event.stopPropagation(); // choosing a step changes nothing in the form
      go(chooser.selectedIndex);
    });
    around.addEventListener('click', (event) => {
      if (event.target.dataset.go) {
        go(at + Number(event.target.dataset.go));
      }
    });
    narrow.addEventListener('change', () => show(at));
    window.addEventListener('hashchange', toHash);
    if (!toHash()) { // where something is to be mended, else where somebody left off
      const wrong = steps.findIndex((step) => step.querySelector('.ass-look, .is-invalid, .ass-theirs'));
      show(wrong >= 0 ? wrong : Math.max(0, steps.findIndex((step) => left(step) > 0)));
    }
  }

  document.addEventListener('keydown', (event) => {
    const radio = event.target;
    if (event.altKey || event.metaKey || event.shiftKey || event.ctrlKey || !radio.matches) {
      return;
    }
    if (!radio.matches('#phieu input[type=radio]') || !/^[-0-9]$/.test(event.key)) {
      return;
    }
    const item = radio.closest('fieldset');
    const level = item.querySelector(`input[type=radio][value="${event.key === '-' ? 'x' : event.key}"]`);
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
    show(steps.indexOf(to.closest('.ass-step')));
    to.focus({ preventScroll: true });
    to.closest('fieldset').scrollIntoView({ block: 'center', behavior: 'auto' });
  });
})();
