import type { Schemas } from '@/api/types'

export type Answers = Required<Schemas['AdviceAnswers']>
export type Member = Required<Schemas['AdviceMember']>

export const noAnswers = (): Answers => ({
  income: '', debts: '', dependants: false, car: false, home: false, pet: false, travel: false, ride: false, shopping: false,
  risk: 'balanced', health: '',
})
export const INCOMES = ['under_10', '10_30', '30_60', 'over_60'] as const
export const DEBTS = ['none', 'some', 'much'] as const
export const RISKS = ['careful', 'balanced', 'bold'] as const
export const THINGS = ['dependants', 'car', 'home', 'pet', 'travel', 'ride', 'shopping'] as const
export const RELATIONS = ['self', 'spouse', 'child', 'parent', 'other'] as const
