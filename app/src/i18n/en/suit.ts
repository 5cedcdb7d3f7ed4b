export default {
  title: 'Does it fit', lead: 'A long contract is paid for years. See whether it fits; a minute.', purpose: 'What do you mainly want to solve?', existing: 'How much cover of this kind do you have?',
  purposes: { family: 'Money for the family if I am gone', illness: 'Money for a serious illness', pension: 'Money in old age', heirs: 'A sum to leave behind', soon: 'I need this money in a few years' },
  existings: { none: 'None', some: 'Some', enough: 'Enough' },
  income: 'What does your household earn a year?', income_hint: 'Everybody after tax; about right will do', budget_yearly: 'What do you mean to spend on this a year?', budget_once: 'What do you mean to spend on this in all?', budget_hint: 'This premium is ¥{sum}', yuan: 'yuan', wan: 'about ¥{n}0,000',
  keep: 'Keep these answers, so that I need not repeat them within 12 months', keep_detail: 'Encrypted; delete them at any time', sealed: 'Encrypted, and used only to see whether it fits. The law makes us keep the record of this sale.', earlier: 'These are your answers of {on}', forget: 'Delete', fill: 'Answer the four questions first', same: 'Nothing changed, go on', go: 'See the result',
  advice: { title: 'We advise you not to buy', why: 'Why', stop: 'Stop here', stop_free: 'Stopping costs nothing; your family’s details are kept.', go_on: 'Buy anyway', other: 'Try another sum or product', yours: 'Your own statement', yours_detail: 'This is your own decision, in your own hand.', by_law: 'For this kind of product the law asks for this statement before the policy is issued.', sign: 'Sign', first: 'Write your name first' },
  stopped: { title: 'Stopped', detail: 'Nothing was charged, and we will not remind you to buy.', again: 'See other products', home: 'Home' },
  duplicate: { title: 'Similar cover exists', lead: 'Costs are reimbursed once, not twice.', drop: 'Do not buy this', go: 'I know, go on' },
  care: { title: 'First, a few sentences', person: 'Talk to a person first', person_detail: 'Ask on the phone, then decide', listen: 'Read it to me', pause: 'Pause', later: 'Another time', go: 'I understand, go on', expired_ok: 'No hurry. If the price expires, ask for it again.' },
  large: { offer: 'Is the type too small?', detail: 'Larger type; change back at any time', on: 'Larger type' },
  call: {
    title: 'About your new policy', row: 'A few questions to answer', row_detail: 'Leave by {day} and get everything back', overdue_detail: 'Not done yet', unclear_detail: 'Something was unclear; ask first', lead: 'Make sure that you bought what you meant to. Leaving up to and on {day} gives the whole premium back.', yes: 'Yes', unclear: 'No, or not clear', fill: 'Answer each question first', send: 'Send', done: 'Done', done_detail: 'The record is kept. Ask a person on the service page at any time.', see: 'See the policy',
    explain: 'Clear up what is unclear first', explain_detail: 'One of us will call you. You can also ask now, or leave the policy.', phone: 'Call and ask', leave: 'Leave, see what comes back', again: 'Clear now, answer again', over: 'This is closed', over_detail: 'Nothing is left to do.',
  },
}
