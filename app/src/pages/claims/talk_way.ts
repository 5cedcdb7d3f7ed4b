import { useRoute, type RouteLocationRaw } from 'vue-router'

/** Where the conversation of a claim is: on a page of its own, or on the page of the link that the claim was opened by. */
export function useTalkWay(): (claimId: string) => RouteLocationRaw {
  const route = useRoute()
  return (claimId) => (route.name === 'claim-link' ? { name: 'claim-link', query: { talk: '' }, hash: route.hash } : `/claims/${claimId}/messages`)
}
