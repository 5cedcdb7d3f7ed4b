export default {
  title: 'Family', add: 'Add a person', edit: 'Details', saved: 'Saved',
  relation: { self: 'self', spouse: 'spouse', child: 'child', parent: 'parent', other: 'other' },
  sex: { male: 'male', female: 'female' },
  name: 'Name', name_needed: 'The name on the identity card', is: 'Who is this to you', relation_needed: 'Please choose',
  number: 'Identity number', number_hint: 'Checked when you leave the field; pasting works', number_needed: 'An 18-character identity number', read: 'Checked: born {birth}, {sex}, {region}',
  social: 'Basic social medical insurance', social_yes: 'Yes', social_no: 'No', social_needed: 'Please choose; it changes the price of medical cover',
  occupation: 'Occupation (for accident cover)', occupation_hint: 'Choose', occupation_search: 'Search, e.g. teacher, courier', occupation_none: 'Nothing found; try another word', class: 'class {n}', class_declined: 'not accepted',
  guardian: 'This person is under 14. I am the guardian and agree that the data are used for cover and claims.', guardian_needed: 'The guardian’s consent is needed',
  photo: 'Photograph the card to fill this in', photo_reading: 'Reading…', photo_hint: 'The side with the portrait. The picture is dropped once read.', photo_read: 'Filled in; please check each line and correct it.',
  safe: 'Identity numbers are encrypted field by field; nothing stays on this device.', remove: 'Remove this person', gone: 'Nobody here', gone_detail: 'Perhaps already removed; open the family list again.',
}
