import type { RouteRecordRaw } from 'vue-router'

const meta = { signedIn: true, title: 'buy.title' }

export const routes: RouteRecordRaw[] = [
  { path: '/buy/:product/who', name: 'buy-who', component: () => import('./WhoPage.vue'), meta },
  { path: '/buy/:quote/health', name: 'buy-health', component: () => import('./HealthPage.vue'), meta },
  { path: '/buy/decision/:id', name: 'buy-decision', component: () => import('./DecisionPage.vue'), meta },
  { path: '/buy/decision/:id/details', name: 'buy-details', component: () => import('./DetailsPage.vue'), meta },
  { path: '/buy/proposal/:id', name: 'buy-proposal', component: () => import('./ProposalPage.vue'), meta },
  { path: '/buy/proposal/:id/papers/:code', name: 'buy-paper', component: () => import('./PaperPage.vue'), meta },
  { path: '/buy/proposal/:id/suitability', name: 'buy-suitability', component: () => import('./SuitabilityPage.vue'), meta },
  { path: '/buy/proposal/:id/own-choice', name: 'buy-own-choice', component: () => import('./OwnChoicePage.vue'), meta },
  { path: '/buy/proposal/:id/duplicate', name: 'buy-duplicate', component: () => import('./DuplicatePage.vue'), meta },
  { path: '/buy/proposal/:id/care', name: 'buy-care', component: () => import('./CarePage.vue'), meta },
  { path: '/buy/proposal/:id/insured-consent', name: 'buy-insured-consent', component: () => import('./InsuredConsentPage.vue'), meta },
  { path: '/buy/proposal/:id/identification', name: 'buy-identification', component: () => import('./IdentificationPage.vue'), meta },
  { path: '/buy/proposal/:id/record', name: 'buy-record', component: () => import('./RecordPage.vue'), meta },
  { path: '/buy/proposal/:id/sign', name: 'buy-sign', component: () => import('./SignPage.vue'), meta },
  { path: '/buy/proposal/:id/pay', name: 'buy-pay', component: () => import('./PayPage.vue'), meta },
]
