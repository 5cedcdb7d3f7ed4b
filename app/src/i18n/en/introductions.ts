export default {
  title: 'Introduction', from: 'Introduced by', to: 'To', yes: 'I agree', no: 'No, thank you', take_back: 'Take my yes back',
  state: {
    agreed: 'You agreed. Their contact may see your telephone number until you take it back.', declined: 'You declined; nothing was passed on.',
    taken_back: 'Your yes was taken back or has run out; nothing more is passed on.', answered: 'Somebody else has answered this link.',
  },
}
