/**
 * The first picture of a page costs most. It is taken when the page is painted and the phone has nothing to do, and in
 * any case before a press, a letter or a change is handled: what the customer acts on is on record before they act.
 */
let planned_: (() => void) | undefined
let turn = 0
const LATEST_MS = 1_000
const ACTS = ['pointerdown', 'touchstart', 'mousedown', 'keydown', 'beforeinput', 'input', 'change', 'click', 'submit'] as const

const idle = (run: () => void) => ('requestIdleCallback' in window ? window.requestIdleCallback(run, { timeout: LATEST_MS }) : setTimeout(run, 60))

export const planned = (): boolean => planned_ !== undefined

export function plan(work: () => void): void {
  if (planned_) return
  planned_ = work
  const mine = ++turn
  const later = () => { if (mine === turn) now() }
  // A page in the background paints nothing; the frame before the idle time is only waited for where one comes.
  if (document.visibilityState === 'visible') requestAnimationFrame(() => idle(later))
  else idle(later)
}

/** Do what is planned at once, if anything is. */
export function now(): void {
  const work = planned_
  planned_ = undefined
  work?.()
}

export function forget(): void {
  planned_ = undefined
}

// On the window and on the way down: before any handler of the page.
for (const act of ACTS) window.addEventListener(act, now, { capture: true, passive: true })
