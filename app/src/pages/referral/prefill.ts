import { api, ask } from '@/api/client'
import type { MedicalPaper } from './shapes'

/**
 * Puts confirmed values into the questions of this quote that ask for exactly them: a question whose id is the code of
 * a value ("height", "height_cm") and that takes a whole number, not one of a list. Returns how many were filled in.
 */
export async function prefill(quote: string, product: string, person: string, pages: MedicalPaper[]): Promise<number> {
  const { questions } = await ask(api.GET('/products/{code}/questions', { params: { path: { code: product }, query: { person_id: person } } }))
  const values = new Map(pages.filter((page) => page.confirmed_at).flatMap((page) => page.items)
    .filter((item) => item.kind === 'number' && item.confirmed).map((item) => [item.code, item.confirmed as string]))
  const slot = `baohe.answers.${quote}`
  const answers = JSON.parse(sessionStorage.getItem(slot) ?? '{}') as Record<string, string>
  let filled = 0
  for (const question of questions) {
    const value = values.get(question.id) ?? values.get(question.id.replace(/_(cm|kg|mmhg)$/, ''))
    if (value === undefined || question.answers.length) continue
    answers[question.id] = String(Math.round(Number(value)))
    filled += 1
  }
  sessionStorage.setItem(slot, JSON.stringify(answers))
  return filled
}
