/** What is not yet with the server lies on the phone: a sitting's place in its chain, and its parts in order. */
export interface Sitting { local: string; id: string; product: string; next: number; head: string; cut: number }
export interface Part { sitting: string; number: number; body: Uint8Array<ArrayBuffer>; packed: boolean }

const NAME = 'baohe-recording'
/** Some browsers never answer where they keep nothing; a purchase does not wait for them. */
const ANSWER_MS = 2_000
const memory = { sittings: new Map<string, Sitting>(), parts: new Map<string, Part>() }
let opened: Promise<IDBDatabase | undefined> | undefined

/** Undefined where the browser keeps nothing (a private window): then the visit itself remembers. */
function database(): Promise<IDBDatabase | undefined> {
  opened ??= new Promise((found) => {
    try {
      const request = indexedDB.open(NAME, 1)
      request.onupgradeneeded = () => {
        request.result.createObjectStore('sittings', { keyPath: 'local' })
        request.result.createObjectStore('parts', { keyPath: ['sitting', 'number'] })
      }
      request.onsuccess = () => found(request.result)
      request.onerror = () => found(undefined)
      setTimeout(() => found(undefined), ANSWER_MS)
    } catch {
      found(undefined)
    }
  })
  return opened
}

async function run<T>(store: 'sittings' | 'parts', mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  const db = await database()
  if (!db) return undefined
  return new Promise((done, failed) => {
    const request = act(db.transaction(store, mode).objectStore(store))
    request.onsuccess = () => done(request.result)
    request.onerror = () => failed(request.error ?? new Error('the phone keeps nothing'))
  })
}

const key = (part: Pick<Part, 'sitting' | 'number'>) => `${part.sitting}.${part.number}`

export async function keepSitting(sitting: Sitting): Promise<void> {
  memory.sittings.set(sitting.local, sitting)
  await run('sittings', 'readwrite', (store) => store.put({ ...sitting })).catch(() => undefined)
}

export async function sitting(local: string): Promise<Sitting | undefined> {
  return memory.sittings.get(local) ?? (await run<Sitting>('sittings', 'readonly', (store) => store.get(local)).catch(() => undefined))
}

export async function sittings(): Promise<Sitting[]> {
  const stored = (await run<Sitting[]>('sittings', 'readonly', (store) => store.getAll()).catch(() => undefined)) ?? []
  const all = new Map(stored.map((one) => [one.local, one]))
  for (const one of memory.sittings.values()) all.set(one.local, one)
  return [...all.values()]
}

export async function keepPart(part: Part): Promise<void> {
  memory.parts.set(key(part), part)
  await run('parts', 'readwrite', (store) => store.put(part)).catch(() => undefined)
}

export async function part(sitting: string, number: number): Promise<Part | undefined> {
  return memory.parts.get(key({ sitting, number })) ?? (await run<Part>('parts', 'readonly', (store) => store.get([sitting, number])).catch(() => undefined))
}

export async function dropPart(sitting: string, number: number): Promise<void> {
  memory.parts.delete(key({ sitting, number }))
  await run('parts', 'readwrite', (store) => store.delete([sitting, number])).catch(() => undefined)
}

export async function forget(one: Sitting): Promise<void> {
  for (let number = one.next; number < one.cut; number += 1) await dropPart(one.local, number)
  memory.sittings.delete(one.local)
  await run('sittings', 'readwrite', (store) => store.delete(one.local)).catch(() => undefined)
}

const slots = new Map<string, string>()

/** What this visit remembers across its pages; the page itself remembers where the browser refuses. */
export const slot = {
  read(name: string): string | null {
    try {
      return slots.get(name) ?? sessionStorage.getItem(name)
    } catch {
      return null
    }
  },
  write(name: string, value: string | null): void {
    if (value === null) slots.delete(name)
    else slots.set(name, value)
    try {
      if (value === null) sessionStorage.removeItem(name)
      else sessionStorage.setItem(name, value)
    } catch {
      // refused or full: this page remembers, and a reload begins another sitting
    }
  },
}
