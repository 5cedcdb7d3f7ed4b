import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { api, ask } from '@/api/client'
import type { Person } from '@/api/types'

/** The family address book of the signed-in customer. */
export const useFamily = defineStore('family', () => {
  const people = shallowRef<Person[]>([])
  const known = shallowRef(false)

  async function load(): Promise<Person[]> {
    people.value = await ask(api.GET('/people'))
    known.value = true
    return people.value
  }

  function put(person: Person): void {
    const others = people.value.filter((one) => one.id !== person.id)
    people.value = [...others, person]
  }

  function drop(id: string): void {
    people.value = people.value.filter((one) => one.id !== id)
  }

  function forget(): void {
    people.value = []
    known.value = false
  }

  return { people, known, load, put, drop, forget }
})
