import { onScopeDispose, shallowRef } from 'vue'
import { api, ask } from '@/api/client'
import { asProblem, Problem } from '@/api/problem'
import { readyToSend } from '@/shared/picture'
import type { Paper } from './shapes'

export interface Upload {
  key: number
  kind: string
  preview: string
  file: File
  /** A paper that goes once this one has arrived (a picture taken again). */
  replaces: string | undefined
  problem: Problem | undefined
}

let count = 0

/** The server keeps one paper of a picture however often it is sent. */
const sentBefore = (): Problem => new Problem('refused', 409, 'same_picture',
  { zh: '这张照片已经传过了', en: 'This picture was sent before' },
  { zh: '请选另一张；同一张照片只算一份材料', en: 'Choose another; one picture counts as one paper' })

/** Pictures on their way. One that could not be sent stays, with the reason, until it is sent again or dropped. */
export function useUploads(claimId: () => string, reload: () => Promise<void>, papers: () => Paper[]) {
  const papersOf = (kind: string) => papers().filter((paper) => paper.kind === kind)
  const list = shallowRef<Upload[]>([])

  function put(upload: Upload): void {
    list.value = list.value.map((one) => (one.key === upload.key ? upload : one))
  }

  function drop(key: number): void {
    const gone = list.value.find((one) => one.key === key)
    if (gone) URL.revokeObjectURL(gone.preview)
    list.value = list.value.filter((one) => one.key !== key)
  }

  async function remove(paperId: string): Promise<void> {
    await ask(api.DELETE('/claims/{claim_id}/papers/{paper_id}', { params: { path: { claim_id: claimId(), paper_id: paperId } } }))
  }

  /** `anyway`: keep a picture that was doubted; a person then looks. */
  async function send(upload: Upload, anyway = false): Promise<void> {
    put({ ...upload, problem: undefined })
    const before = papersOf(upload.kind).length
    const known = new Set(papers().map((paper) => paper.id))
    const form = new FormData()
    form.append('kind', upload.kind)
    if (anyway) form.append('anyway', 'true')
    form.append('file', await readyToSend(upload.file), 'paper.jpg')
    try {
      const paper = await ask(api.POST('/claims/{claim_id}/papers', {
        params: { path: { claim_id: claimId() } },
        body: form as unknown as { kind: string; file: string },
        bodySerializer: (body) => body as unknown as FormData,
      }))
      if (known.has(paper.id)) throw sentBefore()
      if (upload.replaces) await remove(upload.replaces)
    } catch (error) {
      const problem = asProblem(error)
      if (problem.kind === 'unknown') await reload()
      // The answer was lost but the picture is there: nothing to send again.
      if (problem.kind !== 'unknown' || papersOf(upload.kind).length <= before) return put({ ...upload, problem })
    }
    await reload()
    drop(upload.key)
  }

  function add(kind: string, files: File[], replaces?: string): void {
    for (const file of files) {
      count += 1
      const upload: Upload = { key: count, kind, preview: URL.createObjectURL(file), file, replaces, problem: undefined }
      list.value = [...list.value, upload]
      void send(upload)
    }
  }

  onScopeDispose(() => { for (const one of list.value) URL.revokeObjectURL(one.preview) })
  return { list, add, send, drop, remove }
}
