export default {
  title: 'Your claim',
  first: 'First confirm that it is you',
  first_phone: 'A claim was opened for cover you bought on another platform. Before you see it, we send a code to the telephone you gave when you bought it.',
  first_identity: 'A claim was opened for cover you bought on another platform. You gave no telephone then: enter the name of the insured and the last six characters of their document.',
  phone: 'Telephone you gave', code: 'Code from the message', again: 'Send again', send: 'Send code', open: 'Open my claim',
  name: 'Name of the insured', last: 'Last six of the document', last_hint: 'With the X if it ends in one. Five tries at most.',
  until: 'This link works until {at}, and 30 days more each time you confirm. It is for this one claim.',
  call: 'New telephone, or it does not open? Call the insurer on', call_identity: 'It does not match, or does not open? Call the insurer on',
  incomplete: 'This link is not complete', incomplete_next: 'Open it again from where you bought the cover, or call the insurer on the number of your policy',
}
