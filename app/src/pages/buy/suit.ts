import { useRouter } from 'vue-router'
import { api, ask } from '@/api/client'
import type { Schemas } from '@/api/types'
import { nextStep } from './kept'

type Code = 'own_choice' | 'duplicate' | 'elder_care'

/** What the pages before the signature share: reading where a proposal stands, stating, and going on. */
export function useSuit(id: string) {
  const router = useRouter()
  const at = { params: { path: { proposal_id: id } } }
  return {
    load: () => ask(api.GET('/proposals/{proposal_id}/suitability', at)),
    answer: (body: Schemas['SuitabilityIn']) => ask(api.POST('/proposals/{proposal_id}/suitability', { ...at, body })),
    state: (statement: Schemas['StatementToMake'], strokes: Schemas['StrokePoint'][][] = []) =>
      ask(api.POST('/proposals/{proposal_id}/statements', { ...at, body: { code: statement.code, digest: statement.digest, strokes } })),
    stop: () => ask(api.POST('/proposals/{proposal_id}/stop', at)),
    goOn: async () => { await router.replace(nextStep(await ask(api.GET('/proposals/{proposal_id}', at)))) },
  }
}

export const statementOf = (page: Schemas['Suitability'] | undefined, code: Code) => page?.statements.find((one) => one.code === code)
