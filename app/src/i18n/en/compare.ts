export default {
  title: 'Comparison', count: 'Compare {n}', choose: 'Choose products',
  empty: 'Choose two or three first', empty_detail: 'Tap “Compare” in the product list to see cover, exclusions, waiting period and price side by side.',
  differences: 'The {n} differences that matter', only: 'Differences only', different: '{n} differ', same: '{n} are the same', marked: 'Underlined', mark_means: 'stands apart',
  order: 'In the order you chose them, never ranked by price; nobody pays for a place.', see: '{name}', for_whom: 'For whom', work_out: 'Compare again',
  social: { yes: 'with social insurance', no: 'without social insurance' },
}
