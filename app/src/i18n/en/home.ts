export default {
  large: 'Large type', standard: 'Standard size', person: 'A person',
  search: 'Search cover, company or product', scenes: 'By situation',
  family: 'My family’s cover', people: '1 person | {n} people', in_force: '{n} in force', who: 'Person',
  kind: { medical: 'Health', critical: 'Illness', accident: 'Accident', life: 'Life' },
  held: 'Held', none: 'None', not_for_age: 'Not for this age',
  no_family: 'Nobody here yet', no_family_detail: 'Add yourself and your family once: buying takes less typing, and gaps are easy to see.', add_person: 'Add a person',
  next: 'Coming up', all_next: 'All {n}', do_it: 'Open',
  suggestion: 'One suggestion', see_product: 'Take a look', not_needed: 'Not needed', switch_off: 'Switch off',
  sign_in: 'Sign in by phone', verify: 'Check whether a policy is genuine',
  teach: {
    products: 'On sale', title: 'Four things that are different here',
    path: { title: 'Later prices first', detail: 'What each age will cost, drawn before you pay' },
    not_covered: { title: '“Not covered”, just as large', detail: 'Beside what is covered, each line in plain words' },
    claim: { title: 'A claim you can follow', detail: 'Small clear ones are paid at once; only people refuse' },
    leave: { title: 'Leaving is as easy as joining', detail: 'On the policy’s first screen; full refund in cooling-off' },
  },
  big: {
    you: '{name}, you have', policies: '{n} policies in force', see: 'See my policies',
    start: 'First time here?', start_detail: 'Sign in by phone to see your cover', hurt: 'Hurt?', hurt_detail: 'One sentence and a few photos', claim: 'Make a claim',
    talk: 'Talk to someone', talk_detail: 'A real person, no menus', call: 'Call', look: 'Find cover', more: 'More',
  },
}
