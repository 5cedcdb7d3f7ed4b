export default {
  title: 'Confirm who you are', why: 'The premium is large: one more step before paying', why_detail: 'The law on money laundering asks for it. What you give is encrypted, kept until ten years after your last contract ends, and used for this alone.', done: 'All confirmed', todo: 'To do', ready: 'Done',
  copy: 'Photograph of the identity card', copy_detail: 'The policyholder’s own card, both sides.', front: 'Side with portrait', back: 'Side with emblem', reading: 'Reading the pictures, a few seconds…',
  face: 'Face check', face_start: 'Agree and start', allowed: 'You have agreed to the face check.', withdraw: 'Withdraw', person: 'No face check: let a person do it', person_asked: 'You asked for a person at {at}; they call by video within two working days.',
  funds: 'Purpose and source of the money', purpose: 'What it is for', source: 'Where it comes from', note: 'In a sentence (needed for “other”)',
  purposes: { protection: 'Protection', saving: 'Saving', education: 'Education', retirement: 'Retirement', gift: 'Gift', other: 'Other' },
  sources: { salary: 'Salary', business: 'Business', savings: 'Savings', property: 'Property', investment: 'Investments', gift: 'Gift', other: 'Other' },
  kept: 'Pictures and answers are encrypted and deleted ten years after your last contract ends; every look at them is logged.', reviewed: 'Our staff are checking the application and answer within two working days; what you entered is kept. It cannot be paid yet.',
}
