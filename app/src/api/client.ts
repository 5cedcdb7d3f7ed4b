import createClient, { type Middleware } from 'openapi-fetch'
import { offline, refusal, unanswered } from './problem'
import type { paths } from './schema'

const PATIENCE_MS = 15_000
/** A picture takes its time on a slow line, and is read before the answer comes. */
const PICTURE_PATIENCE_MS = 60_000
let csrfToken = ''
let onSignedOut: () => void = () => undefined

export function rememberCsrf(token: string): void {
  csrfToken = token
}

export function whenSignedOut(act: () => void): void {
  onSignedOut = act
}

async function patientFetch(request: Request): Promise<Response> {
  const stop = new AbortController()
  const picture = request.headers.get('content-type')?.startsWith('multipart/')
  const timer = setTimeout(() => stop.abort(), picture ? PICTURE_PATIENCE_MS : PATIENCE_MS)
  try {
    return await fetch(new Request(request, { signal: stop.signal }))
  } catch {
    // A request that left and was not answered may still have been carried out.
    throw navigator.onLine || stop.signal.aborted ? unanswered() : offline()
  } finally {
    clearTimeout(timer)
  }
}

const guard: Middleware = {
  onRequest({ request }) {
    if (request.method !== 'GET') request.headers.set('X-CSRFToken', csrfToken)
    return request
  },
  onResponse({ response }) {
    if (response.status === 401) onSignedOut()
    return response
  },
}

/** The shop API with the server's own types; paths are relative to its prefix. */
export const api = createClient<paths>({ baseUrl: '/api/shop/v1', credentials: 'same-origin', fetch: patientFetch })
api.use(guard)

interface Answered<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The answer's data, or a thrown `Problem`. */
export async function ask<T>(pending: Promise<Answered<T>>): Promise<T> {
  const { data, error, response } = await pending
  if (!response.ok) throw refusal(response.status, error)
  return data as T
}
