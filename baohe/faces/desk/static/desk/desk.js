// Keys of the desk: / searches, J and K walk the list, N and B the fields of a paper, ? lists them all, Ctrl+Enter
// sends the form in focus; a letter in `data-key` opens that act.
(() => {
  const typing = (node) => node instanceof HTMLElement && node.matches('input, textarea, select, [contenteditable]');
  const items = () => Array.from(document.querySelectorAll('.items .item'));
  const move = (list, step) => {
    const here = list.indexOf(document.activeElement);
    list[Math.min(list.length - 1, Math.max(0, here + step))]?.focus();
  };
  const walk = (step) => {
    const rows = Array.from(document.querySelectorAll('.walked a.row'));
    if (rows.length) { move(rows, step); return; }
    const list = items();
    const here = list.findIndex((item) => item.hasAttribute('aria-current'));
    const next = list[Math.min(list.length - 1, Math.max(0, here + step))];
    if (next && next !== list[here]) window.location.assign(next.href);
  };
  const fields = () => Array.from(document.querySelectorAll('tr[data-field][tabindex]'));
  const keys = document.getElementById('keys');
  const opener = document.querySelector('[data-opens=keys]');
  if (keys && opener) { opener.hidden = false; opener.addEventListener('click', () => keys.showModal()); }
  document.addEventListener('keydown', (event) => {
    const form = event.target instanceof HTMLElement ? event.target.closest('form') : null;
    if (event.ctrlKey && event.key === 'Enter') { (form || document.querySelector('form[data-primary]'))?.requestSubmit(); return; }
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/') { event.preventDefault(); document.querySelector('form.search input')?.focus(); }
    if (event.key === 'j') walk(1);
    if (event.key === 'k') walk(-1);
    if (event.key === 'n') move(fields(), 1);
    if (event.key === 'b') move(fields(), -1);
    if (event.key === '?') keys?.showModal();
    const act = /^[a-z]$/.test(event.key) ? document.querySelector(`[data-key="${event.key}"]`) : null;
    if (act) {
      event.preventDefault();
      if (act.matches('details')) act.open = true;
      act.querySelector('input:not([type=hidden]), select, textarea')?.focus();
    }
  });
  // On a telephone the queues are one line: the one that is open stands in view.
  document.querySelector('.left .queue[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  // Frames over what the machine read: positions come as data, since the page allows no inline styles.
  for (const mark of document.querySelectorAll('.mark[data-box]')) {
    const [x, y, w, h] = mark.dataset.box.split(',').map((part) => Number(part) / 100);
    Object.assign(mark.style, { left: `calc(8px + (100% - 16px) * ${x / 100})`, top: `calc(8px + (100% - 16px) * ${y / 100})`, width: `calc((100% - 16px) * ${w / 100})`, height: `calc((100% - 16px) * ${h / 100})` });
  }
  // A line of the story leads to what it speaks of, also where that is folded away.
  const unfold = () => {
    const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    const folded = target?.closest('details:not([open])');
    if (folded) { folded.open = true; target.scrollIntoView(); }
  };
  window.addEventListener('hashchange', unfold);
  unfold();
  // A field and its frame on the picture light up together, by pointer and by keyboard.
  for (const one of document.querySelectorAll('[data-field]')) {
    const pair = document.querySelectorAll(`[data-field="${one.dataset.field}"]`);
    const light = (on) => { for (const part of pair) part.classList.toggle('lit', on); };
    for (const name of ['pointerenter', 'focus']) one.addEventListener(name, () => light(true));
    for (const name of ['pointerleave', 'blur']) one.addEventListener(name, () => light(false));
  }
})();
