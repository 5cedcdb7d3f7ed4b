export default {
  title: 'Payment', checking: 'Checking', checking_detail: 'We are asking the wallet about this payment. Money already sent is not lost; please do not pay again. We keep asking even if you leave.',
  paid: 'Paid', policy_ready: 'The policy is registered; the signed document is ready to download in a few seconds.', policy_coming: 'The money has arrived; the policy is being made.', see_policy: 'See my policy',
  closed: 'This payment did not happen', closed_detail: 'The wallet confirms that nothing was taken and the order is closed. Your proposal and signature are kept; you can pay again.', to_proposal: 'Back to the proposal', to_cashier: 'Not paid yet? Back to the cashier',
  bought: 'The {n} you bought', policies_ready: '{n} policies are registered; the documents are being sealed.', closed_basket: 'The wallet confirms that nothing was charged. Everything you signed is still in the basket.', to_basket: 'Back to basket', stop: 'Cancel this payment', stopping: 'Asking the wallet to cancel',
}
