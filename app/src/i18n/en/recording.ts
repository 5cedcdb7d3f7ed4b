export default {
  notice: 'To protect you, the purchase is kept on record', more: 'How', title: 'Record of the purchase', waiting: 'Saving the record of your purchase; it goes on when you are connected', shown_again: 'This page is on record now', back: 'Back to the list',
  missing: '{n} kinds of page are not on record yet', whole: 'All eight kinds of page are on record', open_again: 'The law asks for a record of the purchase. Opening a page is enough; nothing you typed is lost.', on_record: 'On record', not_yet: 'Recorded when you open it', open_next: 'Open: {name}', to_proposal: 'Back to the proposal', stuck: 'It does not work on your phone?',
  help: {
    unsupported: 'The browser of this device is too old to keep the record of your purchase', sending: 'The record of your purchase does not get through', other: 'When your phone cannot keep the record', ways: 'What you can do',
    kept: 'Nothing you typed is lost. The law lets you pay only with a whole record; nobody can skip that.',
    elsewhere: 'Go on with another device', elsewhere_detail: 'Open this link on another phone or computer and sign in with your own number; it goes on from here.', share: 'Send the link to yourself',
    person: 'Ask a person', person_detail: 'We call you and help you to another device. Our staff see this proposal; they press nothing for you and never ask for a code.', ask: 'Call me', asked: 'We have your request and call you by {by}.',
  },
  points: {
    what: { title: 'What is kept', detail: 'From choosing the insured to paying: what the pages showed and where you pressed. No sound, no camera, no other app; it stops when you leave these pages.' },
    masked: { title: 'What is hidden', detail: 'What you type, identity numbers, codes and health answers never enter it; only that something was filled in.' },
    kept: { title: 'How long', detail: 'Encrypted, deleted 10 years after the contract ends; after 30 days when nothing was bought; longer while there is a dispute.' },
    who: { title: 'Who may see it', detail: 'Only staff who handle your policy, claim or complaint, after writing down why; each viewing is logged. You may ask us for a copy.' },
  },
}
