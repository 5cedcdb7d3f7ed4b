import { nextTick, ref } from 'vue'
import type { RouteLocationNormalized } from 'vue-router'
import { Problem } from '@/api/problem'
import told from './kinds.json'
import { failed, stuck, Unsupported } from './stuck'

/**
 * The record of a purchase (the law asks for it): pages are recorded while a signed-in customer buys, and only then.
 * The recorder itself is fetched when the first of these pages opens; here is what every page may know of it.
 */
export type Kind = 'enter' | 'identity' | 'entry' | 'clauses' | 'exclusions' | 'confirm' | 'submit' | 'pay'
export interface Mark { kind: Kind; page: string; subjects: string[]; shown: Record<string, string> }

/** `waiting`: something has not reached the server for a while; it is kept on the phone and sent again. */
export const saving = ref<'off' | 'on' | 'waiting'>('off')

/** Pages of a purchase that are not named here are where the customer confirms something. */
const kinds = told as Record<string, string>
let fetched: Promise<typeof import('./recorder')> | undefined
let live: typeof import('./recorder') | undefined
let route: RouteLocationNormalized | undefined
let here = ''

async function recorder(): Promise<typeof import('./recorder')> {
  if (!('MutationObserver' in window && 'WeakMap' in window)) throw new Unsupported('this browser tells no changes')
  fetched ??= import('./recorder')
  try {
    return (live = await fetched)
  } catch (failure) {
    fetched = undefined // a line that broke while fetching it: the next page tries again
    // Fetched, and not understood or without what it stands on: that is no broken line.
    throw failure instanceof SyntaxError || failure instanceof ReferenceError ? new Unsupported(failure.message) : failure
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')

function kindOf(page: string, to: RouteLocationNormalized): Kind {
  const paper = page === 'buy-paper' ? text(to.params.code) : ''
  return (paper === 'clauses' || paper === 'exclusions' ? paper : kinds[page] ?? 'confirm') as Kind
}

function subjectsOf(page: string, to: RouteLocationNormalized): string[] {
  const ofPath = page === 'buy-health' ? text(to.params.quote) : page === 'buy-decision' || page === 'buy-details' ? '' : text(to.params.id)
  return [...new Set([ofPath, text(to.query.proposal)].filter(Boolean))]
}

const pageOf = (to: RouteLocationNormalized) => (typeof to.name === 'string' && (to.name.startsWith('buy-') || to.name in kinds) ? to.name : '')

/** Called before every change of page: a page that is no part of a purchase is never recorded, not for a moment. */
export function pause(to: RouteLocationNormalized): void {
  if (!pageOf(to)) live?.rest()
}

/** Called after every change of page: a recorded page begins, or the recording rests. */
export async function follow(to: RouteLocationNormalized): Promise<void> {
  const page = pageOf(to)
  const before = here
  here = page
  route = to
  if (!page) return
  const mark = { kind: kindOf(page, to), page, subjects: subjectsOf(page, to), shown: {} }
  const fresh = page === 'buy-who' && before !== page && !to.query.proposal
  if (!fresh && live?.running()) return live.mark(mark) // at once: the mark stands before the first change of its page
  try {
    const found = await recorder()
    if (here !== page) return
    await found.open(fresh ? text(to.params.product) : undefined)
    found.mark(mark)
  } catch (failure) {
    failed(failure)
    saving.value = 'waiting' // the payment page asks again, and says so in words
  }
}

/** What stands on this page now: its subjects and the digests of what is shown. */
export async function shown(kind: Kind, subjects: string[], digests: Record<string, string> = {}): Promise<void> {
  const page = here
  if (!page) return
  const found = await recorder().catch(() => undefined)
  if (here === page) found?.mark({ kind, page, subjects, shown: digests })
  await nextTick()
}

/** Wait until everything so far is kept by the server. Throws a `Problem` that says what to do. */
export async function kept(): Promise<void> {
  try {
    const found = await recorder()
    if (!found.running() && route) await follow(route)
    await found.kept()
    if (stuck.value === 'unsupported') throw new Unsupported('nothing was recorded') // it started, and does not run here
  } catch (failure) {
    failed(failure)
    if (stuck.value) throw elsewhere()
    throw new Problem('unknown', 0, 'recording_unsent',
      { zh: '正在保存投保记录，还没有存好', en: 'The record of your purchase is still being saved' },
      { zh: '连上网后再点一次；填过的内容都还在', en: 'Press again when you are connected; nothing you typed is lost' })
  }
}

function elsewhere(): Problem {
  return new Problem('unknown', 0, 'recording_stuck',
    { zh: '这台设备存不了投保记录，暂时不能付款', en: 'This device cannot keep the record of your purchase, so you cannot pay here yet' },
    { zh: '可以换一台设备接着办，或请人帮忙；填过的内容都还在', en: 'Go on with another device, or ask a person; nothing you typed is lost' })
}
