// Reading a scanned form works without this file: it shows the row of the item that is read, large, and its page beside it.
'use strict';
(() => {
  const form = document.getElementById('phieu');
  const row = document.getElementById('dong');
  if (!form || !row) {
    return;
  }
  const picture = row.querySelector('img');
  const scan = row.closest('.she-scan');
  let shown = '';

  const show = (item) => {
    if (!item || item.id === shown) {
      return;
    }
    shown = item.id;
    if (!item.dataset.item) { // where it is on the paper is not known: the whole pages are there
      row.hidden = true;
      return;
    }
    row.hidden = false;
    row.classList.add('she-coming'); // the row of another item is not left beside this one
    picture.src = `${row.dataset.row}${item.dataset.item}.jpg`;
    picture.alt = `${row.dataset.alt} ${item.dataset.item}`;
    const page = scan.querySelector(`[data-page="${item.dataset.on}"]`);
    if (page) {
      scan.scrollTop = page.offsetTop - row.offsetHeight - scan.firstElementChild.offsetTop;
    }
  };
  form.addEventListener('focusin', (event) => show(event.target.closest('fieldset.ass-item')));
  picture.addEventListener('error', () => {
    row.hidden = true;
  });

  // The next row is fetched while this one is read. On a narrow screen a row is wider than the screen and begins at its boxes.
  picture.addEventListener('load', () => {
    row.classList.remove('she-coming');
    row.scrollLeft = 0;
    const items = [...form.querySelectorAll('fieldset[data-item]')];
    const next = items[items.findIndex((item) => item.id === shown) + 1];
    if (next) {
      new Image().src = `${row.dataset.row}${next.dataset.item}.jpg`;
    }
  });

  // Where somebody left off.
  const first = [...form.querySelectorAll('fieldset.ass-item')].find((item) => item.querySelector('input[value="0"]:checked'));
  if (location.hash.length < 2 && first && !document.querySelector('[role=alert]')) {
    first.querySelector('input:checked').focus({ preventScroll: true });
  } else {
    show(form.querySelector('fieldset.ass-item.ass-look') || form.querySelector('fieldset.ass-item'));
  }
})();
