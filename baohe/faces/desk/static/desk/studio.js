// Line numbers of the editor, a jump to a line, and the next doubtful place.
(() => {
  const area = document.querySelector('.editor textarea');
  if (area) {
    const gutter = area.parentElement.querySelector('.gutter');
    const number = () => {
      const lines = area.value.split('\n').length;
      gutter.textContent = Array.from({ length: lines }, (_, index) => index + 1).join('\n');
    };
    const follow = () => { gutter.scrollTop = area.scrollTop; };
    const jump = () => {
      const found = /^#L(\d+)$/.exec(window.location.hash);
      if (!found) return;
      const lines = area.value.split('\n');
      const before = lines.slice(0, Number(found[1]) - 1).join('\n').length;
      const start = before ? before + 1 : 0;
      area.focus();
      area.setSelectionRange(start, start + (lines[Number(found[1]) - 1] || '').length);
      area.scrollTop = Math.max(0, (Number(found[1]) - 6) * parseFloat(getComputedStyle(area).lineHeight));
      follow();
    };
    area.addEventListener('input', number);
    area.addEventListener('scroll', follow);
    window.addEventListener('hashchange', jump);
    number();
    jump();
    const kept = area.value;
    let leaving = false;
    area.form?.addEventListener('submit', () => { leaving = true; });
    window.addEventListener('beforeunload', (event) => { if (!leaving && area.value !== kept) event.preventDefault(); });
  }
  const doubts = Array.from(document.querySelectorAll('.doubts li[tabindex]'));
  let here = -1;
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'n' || !doubts.length || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLElement && event.target.matches('input, textarea, select')) return;
    here = (here + 1) % doubts.length;
    const cell = document.querySelector(doubts[here].querySelector('a').getAttribute('href'));
    document.querySelectorAll('.doubt.now').forEach((old) => old.classList.remove('now'));
    cell?.classList.add('now');
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    doubts[here].focus({ preventScroll: true });
  });
})();
