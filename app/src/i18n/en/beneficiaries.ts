export default {
  title: 'Change of beneficiaries', now: 'Who receives now', new: 'Change to', edit: 'Change who receives', save: 'Confirm the change', save_ask: 'Submit, then ask the insured', changed: 'Changed, in force now', history: 'Changes so far', number: 'Endorsement {n}:', line: '{name} (order {n}, {share}%)', and: ', ',
  waits: 'Holds once {name} agrees. It would be:', asks: '{name} is an adult: the change is void without their own yes on their own telephone.', state: { waiting: 'waits for the insured', effective: 'in force', refused: 'the insured did not agree', void: 'void' },
}
