import { shallowRef } from 'vue'
import { asProblem, type Problem } from '@/api/problem'
import { readyToSend } from '@/shared/picture'

/** Files on their way, one after the other. One that was refused stays with its reason until it is dropped. */
export interface Sending {
  key: number
  kind: string
  name: string
  problem: Problem | undefined
}

let count = 0

export function useSending(post: (kind: string, form: FormData) => Promise<unknown>, done: () => Promise<unknown>) {
  const list = shallowRef<Sending[]>([])
  const put = (one: Sending) => { list.value = list.value.map((old) => (old.key === one.key ? one : old)) }
  const drop = (key: number) => { list.value = list.value.filter((one) => one.key !== key) }

  async function send(kind: string, file: File): Promise<void> {
    count += 1
    const one: Sending = { key: count, kind, name: file.name, problem: undefined }
    list.value = [...list.value, one]
    const form = new FormData()
    form.append('kind', kind)
    form.append('file', await readyToSend(file), 'paper')
    try {
      await post(kind, form)
    } catch (error) {
      return put({ ...one, problem: asProblem(error) })
    }
    await done()
    drop(one.key)
  }

  async function add(kind: string, files: File[]): Promise<void> {
    for (const file of files) await send(kind, file)
  }

  return { list, add, drop }
}
