export default {
  notice: 'To protect you, the purchase is kept on record', more: 'How', title: 'Record of the purchase', waiting: 'Saving the record of your purchase; it goes on when you are connected', shown_again: 'This page is on record now', back: 'Back to the list',
  missing: '{n} kinds of page are not on record yet', whole: 'All eight kinds of page are on record', open_again: 'The law asks for a record of the purchase. Opening a page is enough; nothing you typed is lost.', on_record: 'On record', not_yet: 'Recorded when you open it', open_next: 'Open: {name}', to_proposal: 'Back to the proposal', stuck: 'It does not work on your phone?',
  points: {
    what: { title: 'What is kept', detail: 'From choosing the insured to paying: what the pages showed and where you pressed. No sound, no camera, no other app; it stops when you leave these pages.' },
    masked: { title: 'What is hidden', detail: 'What you type, identity numbers, codes and health answers never enter it; only that something was filled in.' },
    kept: { title: 'How long', detail: 'Encrypted, deleted 10 years after the contract ends; after 30 days when nothing was bought; longer while there is a dispute.' },
    who: { title: 'Who may see it', detail: 'Only staff who handle your policy, claim or complaint, after writing down why; each viewing is logged. You may ask us for a copy.' },
  },
}
