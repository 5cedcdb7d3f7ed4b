export default {
  title: 'Consent of the insured', first: 'First confirm that it is you', first_detail: 'Somebody wants to insure you and asks for your word. Before you see it, we send a code to your telephone.', phone: 'Your telephone', code: 'Code from the message', code_again: 'Send again', send_code: 'Send code', open: 'See what is asked', until: 'This link works until {at} and answers once.',
  proposal: { ask: '{holder} wants to buy this cover on you. Do you agree?', means: 'Only with your yes can the policyholder sign and pay. With a no nothing is bought, and nothing else happens.' },
  beneficiaries: { ask: '{holder} wants to change who receives. Do you agree?', means: 'With your yes it holds at once. With a no nothing changes.' },
  holder: 'Who buys and pays', insured: 'Who is insured', sum: 'Sum in case of death', words: 'What you agree to', sign: 'Sign your name? (not needed)', yes: 'I agree', no: 'I do not agree',
  agreed: 'Noted: you agree', agreed_detail: '{holder} can go on. You may close this page.', refused: 'Noted: you do not agree', refused_detail: 'Nothing is bought or changed. You may close this page.',
  needs: '{name} has to agree', why: 'Cover in case of another adult’s death needs their own yes to the sum and to who receives it. We send a link to their telephone, and they answer.', has: '{name} has agreed', has_at: 'On their own telephone, {at}', capable: 'Can {name} understand this and decide?', capable_yes: 'Yes', capable_no: 'No',
  their_phone: 'Their own mobile number', their_phone_hint: 'Not yours. It is used for this link alone.', send: 'Send the link', send_again: 'Send again', sent_at: 'sent {at}', said_no: '{name} did not agree. Talk and send it again, or do not buy.', meanwhile: 'Read the wording meanwhile',
  link: { waiting: 'Sent, waiting for their answer', expired: 'The link is too old; send it again', void: 'The link is void; send it again', agreed: 'Agreed', refused: 'Not agreed' },
}
