/**
 * The key of this device (DATA-6): made here, ECDSA P-256, not extractable. Even this page cannot read it; it can only
 * ask the browser to sign. It stays in the browser's own database and goes with its data.
 */
const DATABASE = 'baohe'
const STORE = 'keys'
const NAME = 'device'
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const

export interface Drawn { x: number; y: number; t: number }
export interface DeviceWord { key: string; signature: string }

/** Whether this browser can keep a key; an old one, or a page that came without TLS, cannot. */
export function canSign(): boolean {
  return typeof indexedDB !== 'undefined' && Boolean(globalThis.crypto?.subtle)
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => failed(request.error ?? new Error('indexedDB'))
  })
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(STORE)
  return settled(request)
}

async function pair(): Promise<CryptoKeyPair> {
  const database = await open()
  try {
    const kept = (await settled(database.transaction(STORE).objectStore(STORE).get(NAME))) as CryptoKeyPair | undefined
    if (kept) return kept
    const made = await crypto.subtle.generateKey(CURVE, false, ['sign', 'verify'])
    await settled(database.transaction(STORE, 'readwrite').objectStore(STORE).put(made, NAME))
    return made
  } finally {
    database.close()
  }
}

const base64 = (bytes: ArrayBuffer) => btoa(String.fromCharCode(...new Uint8Array(bytes)))

async function sha256(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The device's signature over file, drawing, words and code request, in the lines that the server expects. */
export async function signOnDevice(documentSha256: string, strokes: Drawn[][], consentSha256: string, codeId: string): Promise<DeviceWord> {
  const drawing = await sha256(strokes.map((stroke) => stroke.map((one) => `${one.x},${one.y},${one.t}`).join(' ')).join('\n'))
  const lines = ['baohe signature v1', `document ${documentSha256}`, `strokes ${drawing}`, `consent ${consentSha256}`, `code ${codeId}`]
  const { privateKey, publicKey } = await pair()
  const message = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''))
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, message)
  return { key: base64(await crypto.subtle.exportKey('spki', publicKey)), signature: base64(signature) }
}
