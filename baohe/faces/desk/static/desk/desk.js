// Keys of the desk: / searches, J and K walk the list, Ctrl+Enter sends the form in focus.
(() => {
  const typing = (node) => node instanceof HTMLElement && node.matches('input, textarea, select, [contenteditable]');
  const items = () => Array.from(document.querySelectorAll('.items .item'));
  const walk = (step) => {
    const list = items();
    const here = list.findIndex((item) => item.hasAttribute('aria-current'));
    const next = list[Math.min(list.length - 1, Math.max(0, here + step))];
    if (next && next !== list[here]) window.location.assign(next.href);
  };
  document.addEventListener('keydown', (event) => {
    const form = event.target instanceof HTMLElement ? event.target.closest('form') : null;
    if (event.ctrlKey && event.key === 'Enter') { (form || document.querySelector('form[data-primary]'))?.requestSubmit(); return; }
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/') { event.preventDefault(); document.querySelector('form.search input')?.focus(); }
    if (event.key === 'j') walk(1);
    if (event.key === 'k') walk(-1);
  });
  // Frames over what the machine read: positions come as data, since the page allows no inline styles.
  for (const mark of document.querySelectorAll('.mark[data-box]')) {
    const [x, y, w, h] = mark.dataset.box.split(',').map((part) => Number(part) / 100);
    Object.assign(mark.style, { left: `calc(8px + (100% - 16px) * ${x / 100})`, top: `calc(8px + (100% - 16px) * ${y / 100})`, width: `calc((100% - 16px) * ${w / 100})`, height: `calc((100% - 16px) * ${h / 100})` });
  }
})();
